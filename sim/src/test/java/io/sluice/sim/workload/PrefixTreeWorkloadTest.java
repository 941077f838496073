package io.sluice.sim.workload;

import io.sluice.sim.workload.PrefixTreeSettings.Prompt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PrefixTreeWorkloadTest {

    @Test
    void everyUserAsksAsOftenInShuffledOrder() {
        List<SimulatedRequest> requests = all(PrefixTreeSettings.standard(3), 1);
        Map<String, Integer> counts = new HashMap<>();
        int runs = 0;
        for (int i = 0; i < requests.size(); i++) {
            counts.merge(user(requests.get(i)), 1, Integer::sum);
            runs += i > 0 && user(requests.get(i)).equals(user(requests.get(i - 1))) ? 1 : 0;
        }
        assertThat(requests).hasSize(2_000);
        assertThat(counts)
                .hasSize(100)
                .allSatisfy((user, count) -> assertThat(count).isEqualTo(20));
        // In shuffled order one in about a hundred follows a query of its own user: 19 expected.
        assertThat(runs).isBetween(3, 45);
        assertThat(requests).allMatch(r -> r.promptTokens() == 5_000 && r.outputTokens() == 1);
    }

    @Test
    void promptsShareWhatTheirUsersShare() {
        PrefixTreeSettings settings = new PrefixTreeSettings(7, 3, new Prompt(600, 400, 1_000), 1);
        List<SimulatedRequest> requests = all(settings, 5);
        assertThat(settings.prompt().blockTokens()).isEqualTo(200);
        for (SimulatedRequest one : requests) {
            for (SimulatedRequest other : requests) {
                int shared = one == other ? 2_000 : user(one).equals(user(other)) ? 1_000 : 600;
                assertThat(sharedTokens(one, other)).isEqualTo(shared);
            }
        }
    }

    /**
     * 99th percentile of the wait, mean of seeds 0 to 2, of first come, first served and of always
     * preferring the cached user, one at a time where the last user's prefix is cached and each
     * other token takes 0.1 ms: figures of another program.
     */
    @ParameterizedTest
    @CsvSource({
        "1.5, 4.4,",
        "2, 24.1, 10.4",
        "3, 330.2, 31.7",
        "4, 493.0,",
        "5, 590.6, 67.0",
        "8, 737.3,",
    })
    void waitsAsLongAsKnown(double rate, String fcfs, String longestMatch) {
        assertThat(meanP99(rate, false)).isEqualTo(fcfs);
        if (longestMatch != null) {
            assertThat(meanP99(rate, true)).isEqualTo(longestMatch);
        }
    }

    private static String meanP99(double rate, boolean preferCached) {
        double sum = 0;
        for (long seed = 0; seed < 3; seed++) {
            sum += p99(all(PrefixTreeSettings.standard(rate), seed), preferCached);
        }
        return String.format(Locale.ROOT, "%.1f", sum / 3);
    }

    private static double p99(List<SimulatedRequest> requests, boolean preferCached) {
        List<SimulatedRequest> waiting = new ArrayList<>(requests);
        List<Double> waits = new ArrayList<>();
        double now = 0;
        String cached = "";
        while (!waiting.isEmpty()) {
            double start = Math.max(now, waiting.get(0).arrivalNanos() / 1e9);
            String last = cached;
            SimulatedRequest one =
                    waiting.stream()
                            .takeWhile(r -> preferCached && r.arrivalNanos() / 1e9 <= start)
                            .filter(r -> user(r).equals(last))
                            .findFirst()
                            .orElse(waiting.get(0));
            now = start + (user(one).equals(cached) ? 0.1 : 0.5);
            cached = user(one);
            waiting.remove(one);
            waits.add(now - one.arrivalNanos() / 1e9);
        }
        Collections.sort(waits);
        double place = 0.99 * (waits.size() - 1);
        int below = (int) place;
        return waits.get(below) + (place - below) * (waits.get(below + 1) - waits.get(below));
    }

    @Test
    void nonsenseIsNamed() {
        assertThatThrownBy(() -> new PrefixTreeSettings(0, 1, new Prompt(0, 1, 1), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("users is 0");
        assertThatThrownBy(() -> new Prompt(0, 0, 1)).hasMessageContaining("userTokens is 0");
        assertThatThrownBy(() -> PrefixTreeSettings.standard(-1))
                .hasMessageContaining("rate in requests per second is -1.0");
    }

    private static int sharedTokens(SimulatedRequest one, SimulatedRequest other) {
        return one.promptBlocks().sharedBlocks(other.promptBlocks())
                * one.promptBlocks().blockTokens();
    }

    private static String user(SimulatedRequest request) {
        return Objects.requireNonNull(request.session());
    }

    private static List<SimulatedRequest> all(PrefixTreeSettings settings, long seed) {
        List<SimulatedRequest> requests = new ArrayList<>();
        new PrefixTreeWorkload(settings).requests(seed).forEachRemaining(requests::add);
        return requests;
    }
}

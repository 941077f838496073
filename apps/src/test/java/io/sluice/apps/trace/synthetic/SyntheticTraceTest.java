package io.sluice.apps.trace.synthetic;

import io.sluice.apps.trace.PrefixBlocks;
import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.TraceRequest;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/** The built-in trace is repeatable and looks like the traces it is shaped after. */
class SyntheticTraceTest {

    private static final int MANY = 20_000;

    private static final Set<String> CODE =
            Set.of("tenant-02", "tenant-07", "tenant-11", "tenant-16");
    private static final Set<String> LONG =
            Set.of("tenant-04", "tenant-10", "tenant-15", "tenant-19");

    @Test
    void theSameSeedGivesTheSameTrace() {
        assertThat(requests(500, 10, 4)).isEqualTo(requests(500, 10, 4));
        assertThat(requests(500, 10, 5)).isNotEqualTo(requests(500, 10, 4));
        assertThat(requests(1000, 10, 4).subList(0, 500)).isEqualTo(requests(500, 10, 4));
    }

    @Test
    void lengthsFollowTheTracesTheyAreShapedAfter() {
        List<TraceRequest> all = requests(MANY, 10, 2);
        List<TraceRequest> code =
                all.stream().filter(r -> CODE.contains(r.caller().tenant())).toList();
        List<TraceRequest> documents =
                all.stream().filter(r -> LONG.contains(r.caller().tenant())).toList();
        List<TraceRequest> chat = new ArrayList<>(all);
        chat.removeAll(new HashSet<>(code));
        chat.removeAll(new HashSet<>(documents));
        // Azure conversations: 1,016 and 115; Azure code: 1,461 and 13; Mooncake: 7,284 and 356.
        assertThat(median(chat, r -> r.tokens().promptTokens()))
                .isCloseTo(1_016, within(1_016 * 0.15));
        assertThat(median(chat, r -> r.tokens().outputTokens())).isCloseTo(115, within(115 * 0.1));
        assertThat(median(code, r -> r.tokens().promptTokens()))
                .isCloseTo(1_461, within(1_461 * 0.15));
        assertThat(median(code, r -> r.tokens().outputTokens())).isCloseTo(13, within(1.0));
        assertThat(median(documents, r -> r.tokens().promptTokens()))
                .isCloseTo(7_284, within(7_284 * 0.15));
        assertThat(median(documents, r -> r.tokens().outputTokens()))
                .isCloseTo(356, within(356 * 0.1));
        assertThat(chat.size() / (double) MANY).isCloseTo(0.65, within(0.02));
        assertThat(documents.size() / (double) MANY).isCloseTo(0.13, within(0.02));
    }

    @Test
    void threeTenantsSendHalf() {
        Map<String, Long> tenants =
                requests(MANY, 10, 3).stream()
                        .collect(
                                Collectors.groupingBy(
                                        r -> String.valueOf(r.caller().tenant()),
                                        Collectors.counting()));
        assertThat(tenants).hasSize(20);
        long topThree =
                tenants.values().stream()
                        .sorted((a, b) -> Long.compare(b, a))
                        .limit(3)
                        .mapToLong(Long::longValue)
                        .sum();
        assertThat(topThree / (double) MANY).isCloseTo(0.5, within(0.02));
    }

    @Test
    void everyPriorityOccurs() {
        assertThat(
                        requests(MANY, 10, 3).stream()
                                .map(r -> r.caller().priority())
                                .distinct()
                                .toList())
                .containsExactlyInAnyOrder(4, 3, 2, 1, 0, -1);
    }

    @Test
    void arrivalsKeepTheRateAndComeInBursts() {
        List<TraceRequest> all = requests(MANY, 25, 6);
        double seconds = all.get(MANY - 1).arrivalNanos() / 1e9;
        assertThat(MANY / seconds).isCloseTo(25, within(2.5));
        assertThat(all.get(0).arrivalNanos()).isZero();
        double[] perTenSeconds = new double[(int) (seconds / 10)];
        long before = 0;
        for (TraceRequest request : all) {
            assertThat(request.arrivalNanos()).isGreaterThanOrEqualTo(before);
            before = request.arrivalNanos();
            int bin = (int) (before / 10_000_000_000L);
            if (bin < perTenSeconds.length) {
                perTenSeconds[bin]++;
            }
        }
        double mean = Arrays.stream(perTenSeconds).average().orElseThrow();
        double variance =
                Arrays.stream(perTenSeconds)
                        .map(c -> (c - mean) * (c - mean))
                        .average()
                        .orElseThrow();
        // A Poisson process would have 1.
        assertThat(variance / mean).isGreaterThan(10);
    }

    @Test
    void laterTurnsStartWithTheBlocksOfTheEarlier() {
        Map<String, TraceRequest> last = new HashMap<>();
        int followUps = 0;
        for (TraceRequest request : requests(5_000, 10, 8)) {
            List<Long> ids = request.prefix().hashIds();
            assertThat(ids)
                    .hasSize(
                            PrefixBlocks.blocksFor(
                                    request.tokens().promptTokens(), BlockIds.BLOCK_TOKENS));
            TraceRequest before = last.put(String.valueOf(request.caller().sessionId()), request);
            if (before != null && !CODE.contains(request.caller().tenant())) {
                followUps++;
                int full = before.tokens().promptTokens() / BlockIds.BLOCK_TOKENS;
                assertThat(ids.subList(0, full))
                        .isEqualTo(before.prefix().hashIds().subList(0, full));
                assertThat(request.tokens().promptTokens())
                        .isGreaterThan(before.tokens().promptTokens());
                assertThat(request.caller().priority()).isEqualTo(before.caller().priority());
            }
        }
        assertThat(followUps).isGreaterThan(500);
    }

    @Test
    void aboutHalfOfAllBlocksWereSeenBefore() {
        Set<Long> seen = new HashSet<>();
        long all = 0;
        long repeated = 0;
        for (TraceRequest request : requests(MANY, 10, 1)) {
            for (Long id : request.prefix().hashIds()) {
                all++;
                repeated += seen.add(id) ? 0 : 1;
            }
        }
        assertThat(repeated / (double) all).isBetween(0.4, 0.6);
    }

    @Test
    void impossibleWishesAreExplained() {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> new SyntheticTrace(0, 10, 1))
                .withMessageContaining("at least 1 request and a rate above 0, not 0 and 10.0");
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> new SyntheticTrace(1, -1, 1));
    }

    @Test
    void itSaysWhatItIs() {
        SyntheticTrace trace = new SyntheticTrace(3, 2.5, 9);
        assertThat(trace.description())
                .isEqualTo(
                        "built-in synthetic trace (20 tenants; chat, code, long documents) at 2.5 requests/s with bursts, seed 9");
        trace.forEachRemaining(r -> assertThat(r.hasArrival()).isTrue());
        assertThat(trace.stats().accepted()).isEqualTo(3);
    }

    private static List<TraceRequest> requests(int count, double rate, long seed) {
        List<TraceRequest> requests = new ArrayList<>();
        new SyntheticTrace(count, rate, seed).forEachRemaining(requests::add);
        return requests;
    }

    private static double median(List<TraceRequest> requests, ToIntFunction<TraceRequest> length) {
        int[] sorted = requests.stream().mapToInt(length).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}

package io.sluice.demo.view;

import io.sluice.core.latency.SloCounts;
import io.sluice.core.model.PriorityBand;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

class LiveViewTest {

    private static final long SECOND = 1_000_000_000;
    private static final LiveSnapshot NOW =
            new LiveSnapshot(
                    20,
                    10,
                    Map.of(PriorityBand.P0, 3, PriorityBand.SHED, 1, PriorityBand.P2, 0),
                    6,
                    120,
                    900,
                    Map.of(PriorityBand.P0, new SloCounts(4, 3)),
                    new TreeMap<>(Map.of("Completed", 9L, "EvictedTTL", 1L)));

    private final StringWriter out = new StringWriter();

    @Test
    void aLogGetsALineEveryFewSeconds() {
        LiveView view = new LiveView(new PrintWriter(out), false, 0);

        for (long tenths = 0; tenths < 65; tenths++) {
            view.show(NOW, tenths * SECOND / 10, 40);
        }

        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1))
                .isEqualTo(
                        "[  3 s] 20/40 submitted, 0.0/s; queue P0 3, shed 1; in flight 6;"
                                + " TTFT p50 120 p99 900 ms; SLO met 75.0 %; Completed 9, EvictedTTL 1");
    }

    @Test
    void aTerminalIsRedrawnInPlace() {
        LiveView view = new LiveView(new PrintWriter(out), true, 0);

        view.show(NOW, 0, 40);
        int first = out.toString().length();
        view.show(NOW, SECOND, 40);

        assertThat(out.toString().substring(0, first)).doesNotContain("\u001b[5A");
        assertThat(out.toString().substring(first)).startsWith("\u001b[5A");
        assertThat(out.toString()).contains("SLO met    all 75.0 %, P0 75.0 %");
    }

    @Test
    void whatIsSaidMeanwhileStaysAboveWhatIsRedrawn() {
        LiveView view = new LiveView(new PrintWriter(out), true, 0);
        view.show(NOW, 0, 40);
        int first = out.toString().length();

        view.say("a worker was lost");
        view.show(NOW, SECOND, 40);

        assertThat(out.toString().substring(first))
                .startsWith("\u001b[5A\u001b[Ja worker was lost\n")
                .doesNotContain("lost\n\u001b[5A");
    }

    @Test
    void theRateIsThatOfTheLastSeconds() {
        RateMeter meter = new RateMeter();

        assertThat(meter.add(0, submitted(0)).submittedPerSecond()).isZero();
        assertThat(meter.add(2, submitted(100)).submittedPerSecond()).isEqualTo(50);
        meter.add(5, submitted(100));
        assertThat(meter.add(10, submitted(100)).submittedPerSecond()).isZero();
    }

    private static LiveSnapshot submitted(long count) {
        return new LiveSnapshot(
                count, 0, Map.of(), 0, Double.NaN, Double.NaN, Map.of(), new TreeMap<>());
    }
}

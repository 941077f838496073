package io.sluice.apps.trace.workload;

import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.arrival.ArrivalSpec;
import io.sluice.apps.trace.file.TraceOptions;
import io.sluice.apps.trace.shape.ShapedRequest;
import io.sluice.apps.trace.shape.Shaping;
import io.sluice.apps.trace.shape.Target;
import io.sluice.apps.trace.shape.TargetPlan;
import io.sluice.apps.trace.shape.TokenLimit;
import io.sluice.apps.trace.synthetic.SyntheticTrace;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class WorkloadTest {

    private static final TraceChoice SYNTHETIC = new TraceChoice.Synthetic(2000);

    private static Shaping spedUp(double speedup) {
        return new Shaping(
                null,
                TargetPlan.parse("*:ttft=500ms,deadline=10s..60s"),
                new TokenLimit.Unlimited(),
                speedup,
                7);
    }

    private static List<ShapedRequest> read(WorkloadSpec spec) {
        try (Workload workload = Workload.open(spec)) {
            List<ShapedRequest> requests = new ArrayList<>();
            workload.requests().forEachRemaining(requests::add);
            return requests;
        }
    }

    private static double rate(List<ShapedRequest> requests) {
        ShapedRequest last = requests.get(requests.size() - 1);
        return (requests.size() - 1) / (last.timed().offsetNanos() / 1e9);
    }

    @Test
    void dividesGapsAndTargetsByTheSpeedup() {
        List<ShapedRequest> plain = read(WorkloadSpec.of(SYNTHETIC, spedUp(1)));
        List<ShapedRequest> fast = read(WorkloadSpec.of(SYNTHETIC, spedUp(10)));

        assertThat(fast).hasSameSizeAs(plain);
        for (int i = 0; i < plain.size(); i++) {
            long offset = plain.get(i).timed().offsetNanos();
            assertThat(fast.get(i).timed().offsetNanos()).isCloseTo(offset / 10, within(1L));
            assertThat(fast.get(i).millis(Target.TTFT)).hasValue(50);
            assertThat(fast.get(i).millis(Target.DEADLINE).orElseThrow() * 10)
                    .isCloseTo(plain.get(i).millis(Target.DEADLINE).orElseThrow(), within(1e-6));
        }
    }

    @Test
    void letsTheGeneratorMakeTheRate() {
        WorkloadSpec spec =
                new WorkloadSpec(
                        SYNTHETIC, new ArrivalSpec.Auto(), OptionalDouble.of(50), spedUp(1));

        SyntheticTrace generated = new SyntheticTrace(2000, 50, 7);
        assertThat(read(spec))
                .allSatisfy(
                        request ->
                                assertThat(request.timed().request()).isEqualTo(generated.next()));
        try (Workload workload = Workload.open(spec)) {
            assertThat(workload.trace()).contains("50 requests/s").contains("seed 7");
            assertThat(workload.arrivals()).isEqualTo("arrival times as recorded");
        }
    }

    @Test
    void givesTheRateToOtherArrivals() {
        WorkloadSpec spec =
                new WorkloadSpec(
                        SYNTHETIC, ArrivalSpec.parse("poisson"), OptionalDouble.of(50), spedUp(2));

        assertThat(rate(read(spec))).isCloseTo(100, within(8.0));
        try (Workload workload = Workload.open(spec)) {
            assertThat(workload.arrivals())
                    .isEqualTo("Poisson arrivals at 50 requests/s, seed 7, sped up 2 times");
        }
    }

    @Test
    void scalesAFileToARate(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("t.csv"),
                        "arrived_at,num_prefill_tokens,num_decode_tokens\n0,10,5\n1,10,5\n3,10,5\n");
        WorkloadSpec spec =
                new WorkloadSpec(
                        new TraceChoice.Recorded(file, TraceOptions.defaults()),
                        new ArrivalSpec.Auto(),
                        OptionalDouble.of(2),
                        spedUp(1));

        assertThat(read(spec))
                .extracting(request -> request.timed().offsetNanos())
                .containsExactly(0L, 333_333_333L, 1_000_000_000L);
    }

    @Test
    void refusesRecordedTimesWhereThereAreNone(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("t.csv"), "num_prefill_tokens,num_decode_tokens\n10,5\n");
        WorkloadSpec spec =
                new WorkloadSpec(
                        new TraceChoice.Recorded(file, TraceOptions.defaults()),
                        new ArrivalSpec.Recorded(),
                        OptionalDouble.empty(),
                        spedUp(1));

        assertThatThrownBy(() -> Workload.open(spec))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("records no arrival times");
    }
}

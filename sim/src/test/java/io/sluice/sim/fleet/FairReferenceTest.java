package io.sluice.sim.fleet;

import io.sluice.core.policy.BatchFormation;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.admission.FitsInstance;
import io.sluice.core.policy.preemption.AlwaysPreempt;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.EngineProfiles;
import io.sluice.sim.engine.KvRetention;
import io.sluice.sim.result.RunCollector;
import io.sluice.sim.result.RunFigures;
import io.sluice.sim.workload.SemanticSettings;
import io.sluice.sim.workload.SemanticWorkload;

import org.assertj.core.api.Condition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Continuous batching with honest slots, on the traces of the semantic study: the reference of an
 * independent simulator that steps through every iteration and re-ranks all requests at each. The
 * numbers are means over seeds, in seconds, as printed there.
 */
class FairReferenceTest {

    private static final double TIES = 0.002;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    A100_4B  | 10ms  |  5 | 16 | 5 | fcfs     |   6.64 |  12.8 |   5.57
                    A100_4B  | 10ms  |  5 | 16 | 5 | sjf      |   5.33 |  12.3 |   5.21
                    A100_4B  | 10ms  |  5 | 16 | 5 | priority |   6.34 |  12.5 |   3.51
                    A100_4B  | 10ms  |  5 | 16 | 5 | semantic |   6.10 |  12.9 |   3.54
                    A100_4B  |  1ms  | 50 | 16 | 5 | fcfs     |  51.73 | 101.9 |  51.35
                    A100_4B  |  1ms  | 50 | 16 | 5 | sjf      |  37.13 | 102.2 |  35.28
                    A100_4B  |  1ms  | 50 | 16 | 5 | priority |  51.32 | 101.5 |  11.15
                    A100_4B  |  1ms  | 50 | 16 | 5 | semantic |  48.51 | 101.9 |   8.79
                    A100_4B  | 100ms |  3 | 16 | 5 | fcfs     |   4.05 |   7.3 |   3.54
                    A100_4B  | 100ms |  3 | 16 | 5 | sjf      |   3.88 |   8.7 |   3.80
                    A100_4B  | 100ms |  3 | 16 | 5 | priority |   4.08 |   8.3 |   3.16
                    A100_4B  | 100ms |  3 | 16 | 5 | semantic |   4.05 |   8.5 |   3.14
                    A100_4B  |  1ms  | 50 | 12 | 5 | fcfs     |  66.51 | 131.1 |  66.01
                    A100_4B  |  1ms  | 50 | 12 | 5 | sjf      |  47.02 | 131.0 |  44.63
                    A100_4B  |  1ms  | 50 | 12 | 5 | priority |  66.07 | 130.9 |  14.08
                    A100_4B  |  1ms  | 50 | 12 | 5 | semantic |  62.31 | 131.2 |  10.75
                    A100_7B  |  1ms  | 50 | 16 | 5 | fcfs     |  76.06 | 177.9 |  77.85
                    A100_7B  |  1ms  | 50 | 16 | 5 | sjf      |  59.02 | 173.3 |  56.10
                    A100_7B  |  1ms  | 50 | 16 | 5 | priority |  87.18 | 173.8 |  18.08
                    A100_7B  |  1ms  | 50 | 16 | 5 | semantic |  80.44 | 171.6 |  13.34
                    A5000_4B |  1ms  | 50 | 16 | 5 | fcfs     | 139.4  | 302   | 141.0
                    A5000_4B |  1ms  | 50 | 16 | 5 | sjf      |  96.9  | 302   |  91.7
                    A5000_4B |  1ms  | 50 | 16 | 5 | priority | 149.3  | 298   |  31.3
                    A5000_4B |  1ms  | 50 | 16 | 5 | semantic | 138.7  | 297   |  22.5
                    A100_7B  |  1ms  | 50 |  8 | 2 | fcfs     | 123.4  | 245   | 121.4
                    A100_7B  |  1ms  | 50 |  8 | 2 | sjf      |  90.0  | 244   |  83.4
                    A100_7B  |  1ms  | 50 |  8 | 2 | priority | 122.0  | 244   |  25.0
                    A100_7B  |  1ms  | 50 |  8 | 2 | semantic | 115.4  | 244   |  19.5
                    A5000_4B |  1ms  | 50 |  8 | 2 | fcfs     | 255.7  | 510   | 251.5
                    A5000_4B |  1ms  | 50 |  8 | 2 | sjf      | 174.9  | 502   | 161.5
                    A5000_4B |  1ms  | 50 |  8 | 2 | priority | 254.2  | 510   |  51.7
                    A5000_4B |  1ms  | 50 |  8 | 2 | semantic | 237.7  | 506   |  38.1
                    """)
    void theOrdersGiveTheReferenceNumbers(
            String setting,
            String gap,
            int maxConcurrent,
            int batch,
            int seeds,
            String policy,
            String mean,
            String p99,
            String mostUrgent) {
        SemanticWorkload workload =
                new SemanticWorkload(
                        SemanticSettings.standard()
                                .withArrivals(
                                        Duration.parse("PT" + millis(gap) / 1_000.0 + "S"),
                                        maxConcurrent));
        List<RunFigures> runs =
                IntStream.range(0, seeds)
                        .mapToObj(seed -> run(setting, batch, policy, workload, seed))
                        .toList();
        assertThat(over(runs, run -> run.latency().mean())).is(printedAs(mean));
        assertThat(over(runs, run -> run.latency().p99())).is(printedAs(p99));
        assertThat(over(runs, run -> run.byRank().get(0).mean())).is(printedAs(mostUrgent));
    }

    private static int millis(String gap) {
        return Integer.parseInt(gap.substring(0, gap.indexOf("ms")));
    }

    private static RunFigures run(
            String setting, int batch, String policy, SemanticWorkload workload, long seed) {
        EngineProfile named = EngineProfiles.named(setting);
        EngineProfile profile = named.withLimits(named.limits().withMaxSequences(batch));
        LanePolicies policies =
                LanePolicies.of(PolicyCatalog.ordering(policy), new FitsInstance())
                        .with(new AlwaysPreempt())
                        .with(new BatchFormation.Continuous(false));
        RunCollector collector = new RunCollector(profile);
        FleetSimulation simulation =
                new FleetSimulation(
                        new FleetSetup(List.of(profile), policies, "round-robin", KvRetention.FREE),
                        collector);
        simulation.run(workload.requests(seed));
        return collector.figures(simulation.counters());
    }

    private static double over(List<RunFigures> runs, ToDoubleFunction<RunFigures> figure) {
        return runs.stream().mapToDouble(figure).average().orElseThrow();
    }

    /** Half of the last printed digit, and two per mille for ties that fall either way. */
    private static Condition<Double> printedAs(String text) {
        double value = Double.parseDouble(text);
        int decimals = text.contains(".") ? text.length() - text.indexOf('.') - 1 : 0;
        double half = 0.5 * Math.pow(10, -decimals) + TIES * value;
        return new Condition<>(
                measured -> Math.abs(measured - value) <= half, "printed as %s", text);
    }
}

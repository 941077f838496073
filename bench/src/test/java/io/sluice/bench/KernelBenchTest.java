package io.sluice.bench;

import io.sluice.core.policy.PolicyCatalog;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Every benchmark runs. How fast is not asserted anywhere: that is for people to read. */
class KernelBenchTest {

    private static final int DEPTH = 50;
    private static final int TURNS = 100;

    @Test
    void measuresAScenario() throws Exception {
        Scenario scenario = Scenario.all().get(0);

        Measurement measured = new KernelBench(Effort.ONCE).measure(scenario, DEPTH);

        assertThat(measured.turnNanos()).isPositive();
        assertThat(measured.keepingNanos()).isPositive();
        assertThat(measured.plainNanos()).isPositive();
        assertThat(measured.footprint().ownBytes()).isPositive();
        assertThat(measured.footprint().wholeBytes())
                .isGreaterThan(measured.footprint().ownBytes());
        assertThat(measured.row()).startsWith(Scenario.nameOf(scenario.ordering()));
    }

    /** What is measured is a lane in a steady state, under each policy. */
    @ParameterizedTest
    @MethodSource("scenarios")
    void keepsItsDepth(Scenario scenario) {
        SteadyLane lane = new SteadyLane(scenario, DEPTH, true);
        for (int turn = 0; turn < TURNS; turn++) {
            lane.turn();
        }

        assertThat(lane.depth()).isEqualTo(DEPTH);
        assertThat(lane.waiting()).hasSize(DEPTH);
        assertThat(lane.kept().nextSeq()).isGreaterThan(TURNS);
    }

    static List<Scenario> scenarios() {
        return Scenario.all();
    }

    @Test
    void leavesOutNoPolicyOfTheCatalogue() {
        List<Scenario> all = Scenario.all();

        assertThat(all).extracting(Scenario::ordering).containsAll(PolicyCatalog.orderingNames());
        assertThat(all)
                .extracting(Scenario::fairness)
                .containsAll(PolicyCatalog.fairness().names());
        assertThat(all)
                .extracting(Scenario::preemption)
                .containsAll(PolicyCatalog.preemptions().names());
        assertThat(all).allSatisfy(this::isReadAsItIsWritten);
    }

    private void isReadAsItIsWritten(Scenario scenario) {
        assertThat(Scenario.parse(scenario.label())).isEqualTo(scenario);
    }

    @Test
    void namesTheChoicesForAnUnknownPolicy() {
        StringWriter err = new StringWriter();
        CommandLine command =
                new CommandLine(new KernelBenchCommand()).setErr(new PrintWriter(err));

        assertThat(command.execute("--policy", "fifo")).isEqualTo(2);
        assertThat(err.toString()).contains("'fifo'", "fcfs", "drr", "total-wait");
    }
}

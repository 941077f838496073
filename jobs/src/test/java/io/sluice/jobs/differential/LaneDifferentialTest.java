package io.sluice.jobs.differential;

import io.sluice.core.kernel.LaneSettings;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.PolicyChoice;
import io.sluice.core.testing.Orderings;
import io.sluice.jobs.scheduling.SchedulingSettings;
import io.sluice.jobs.testing.Backend;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The operator decides what the simulator's driver of the kernel decides: all of it, in order. */
class LaneDifferentialTest {

    private static final long SEED = 20_261_122;
    private static final int DECISIONS = 10_000;
    private static final long LONG = 90_000;
    private static final long SHORT = 30_000;
    private static final PolicyChoice CHOICE =
            PolicyChoice.DEFAULT.withAdmission(
                    "limits:reject-early=yes,max-requests=25,max-tokens=1000000");

    /** Every policy, some of them with ageing; all on the heap, and again on disk. */
    static Stream<Arguments> everyPolicy() {
        Stream<String> plain = Orderings.withoutInterruptions().stream();
        Stream<String> aged = Stream.of("sjf:max-overtake=2s", "semantic:max-overtake=500ms");
        return Stream.concat(plain, aged)
                .flatMap(
                        policy ->
                                Stream.of(
                                        Arguments.of(policy, Backend.HASHMAP, LONG, DECISIONS),
                                        Arguments.of(policy, Backend.ROCKSDB, SHORT, 0)));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("everyPolicy")
    void operatorAndDriverDecideAlike(
            String policy, Backend backend, long lengthMillis, int atLeast) throws Exception {
        SchedulingSettings settings = settings(policy);
        JobSide rehearsal = Rehearsal.of(settings.lane(), SEED, lengthMillis);

        LaneLog simulated = replay(rehearsal.trace(), new SimulatedLanes(settings.lane()));
        LaneLog operator = replay(rehearsal.trace(), new FlinkLanes(settings, backend));

        assertThat(FirstDifference.between(rehearsal.log(), simulated)).isEmpty();
        assertThat(FirstDifference.between(simulated, operator)).isEmpty();
        assertThat(simulated.decisions().size()).isGreaterThanOrEqualTo(atLeast);
        assertThatEverythingHappens(simulated);
    }

    /** What else a lane decides by: turns of tenants, interruptions, and what they need to know. */
    static Stream<Arguments> otherPolicies() {
        return Stream.of(
                        CHOICE.withOrdering("priority").withFairness("vtc"),
                        CHOICE.withOrdering("sjf").withFairness("vtc:scope=all,weights=acme=3"),
                        CHOICE.withOrdering("fcfs").withFairness("drr:quantum=300"),
                        CHOICE.withOrdering("semantic").withFairness("drr"),
                        CHOICE.withOrdering("k-lpm:k=3,tie=random"),
                        CHOICE.withOrdering("sjf").withBatching("continuous:look-ahead=none"),
                        CHOICE.withOrdering("semantic")
                                .withBatching("closed:size=3,tokens=900,wait=200ms"),
                        CHOICE.withOrdering("moore-hodgson")
                                .withBatching("closed:size=6,tokens=100000,wait=0ms"),
                        CHOICE.withOrdering("fcfs").withFairness("vtc").withBatching("closed"),
                        CHOICE.withOrdering("edf")
                                .withAdmission("deadline:quantile=0.8,sigma=0.4,max-requests=25"),
                        CHOICE.withPreemption("total-wait:stop=5ms").withOrdering("semantic"),
                        CHOICE.withPreemption("always").withOrdering("mlfq"),
                        CHOICE.withPreemption("always")
                                .withOrdering("ltr:threshold=500,quantum=100"))
                .flatMap(
                        choice ->
                                Stream.of(Backend.values())
                                        .map(backend -> Arguments.of(choice, backend)));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("otherPolicies")
    void operatorAndDriverDecideAlikeByAllKindsOfPolicy(PolicyChoice choice, Backend backend)
            throws Exception {
        SchedulingSettings settings = settings(choice);
        JobSide rehearsal = Rehearsal.of(settings.lane(), SEED, SHORT);

        LaneLog simulated = replay(rehearsal.trace(), new SimulatedLanes(settings.lane()));
        LaneLog operator = replay(rehearsal.trace(), new FlinkLanes(settings, backend));

        assertThat(FirstDifference.between(rehearsal.log(), simulated)).isEmpty();
        assertThat(FirstDifference.between(simulated, operator)).isEmpty();
        assertThat(kinds(simulated.decisions())).contains("DISPATCH", "RELEASE", "CANCEL", "ADOPT");
        boolean interrupts = settings.lane().policies().preemption().interruptsRuns();
        assertThat(kinds(simulated.releases()).contains("PREEMPTED")).isEqualTo(interrupts);
        assertThat(kinds(simulated.decisions()).contains("PREEMPT")).isEqualTo(interrupts);
    }

    /** Policies that change while the job runs, and between a checkpoint and a crash. */
    static Stream<Arguments> changes() {
        PolicyChoice interrupting = CHOICE.withPreemption("total-wait").withOrdering("semantic");
        PolicyChoice fair = CHOICE.withFairness("vtc").withOrdering("priority");
        PolicyChoice groups =
                CHOICE.withOrdering("moore-hodgson").withBatching("closed:size=3,wait=100ms");
        return Stream.of(
                        List.of(CHOICE.withOrdering("sjf"), fair, CHOICE.withOrdering("edf")),
                        List.of(fair, fair.withFairness("drr"), CHOICE.withOrdering("lpm")),
                        List.of(interrupting, CHOICE.withOrdering("k-lpm"), interrupting),
                        List.of(groups, CHOICE.withOrdering("moore-hodgson"), groups),
                        List.of(interrupting, groups, fair.withBatching("closed")))
                .flatMap(
                        choices ->
                                Stream.of(Backend.values())
                                        .map(backend -> Arguments.of(choices, backend)));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("changes")
    void operatorAndDriverDecideAlikeWhilePoliciesChange(
            List<PolicyChoice> changes, Backend backend) throws Exception {
        SchedulingSettings settings = settings("fcfs");
        JobSide rehearsal = Rehearsal.of(settings.lane(), SEED, SHORT, changes);
        JobSide unchanged = Rehearsal.of(settings.lane(), SEED, SHORT);

        LaneLog simulated = replay(rehearsal.trace(), new SimulatedLanes(settings.lane()));
        LaneLog operator = replay(rehearsal.trace(), new FlinkLanes(settings, backend));

        assertThat(FirstDifference.between(rehearsal.log(), simulated)).isEmpty();
        assertThat(FirstDifference.between(simulated, operator)).isEmpty();
        assertThat(FirstDifference.between(unchanged.log(), rehearsal.log()))
                .as("the changes show")
                .isPresent();
    }

    private static SchedulingSettings settings(String ordering) {
        return settings(CHOICE.withOrdering(ordering));
    }

    private static SchedulingSettings settings(PolicyChoice choice) {
        return new SchedulingSettings(choice, 4, 5_000, 3, 5_000, 60_000, 60_000, 10, 2, 100, 1);
    }

    private static LaneLog replay(Trace trace, LaneHost host) throws Exception {
        try (host) {
            return trace.replay(host);
        }
    }

    private static void assertThatEverythingHappens(LaneLog log) {
        assertThat(kinds(log.decisions())).contains("DISPATCH", "RELEASE", "CANCEL", "ADOPT");
        assertThat(kinds(log.commands()))
                .contains("DISPATCH", "CANCEL", "SYNC", "FENCE", "DRAIN", "UNDRAIN");
        List<String> reasons =
                Stream.of(ReleaseReason.values())
                        .filter(reason -> reason != ReleaseReason.EVICTED_PRIORITY)
                        // Nothing is interrupted under these settings.
                        .filter(reason -> reason != ReleaseReason.PREEMPTED)
                        .map(Enum::name)
                        .toList();
        assertThat(kinds(log.releases())).containsAll(reasons);
    }

    private static Set<String> kinds(List<Line> lines) {
        return lines.stream().map(Line::kind).collect(Collectors.toSet());
    }

    /** The comparison notices as little as two requests of one millisecond that change places. */
    @Test
    void anotherTieBreakShows() throws Exception {
        SchedulingSettings settings = settings("priority");
        Trace trace = Rehearsal.of(settings.lane(), SEED, SHORT).trace();
        LaneSettings mutated = withLaterIdFirst(settings.lane());

        LaneLog simulated = replay(trace, new SimulatedLanes(mutated));
        LaneLog operator = replay(trace, new FlinkLanes(settings, Backend.HASHMAP));

        assertThat(FirstDifference.between(simulated, operator))
                .hasValueSatisfying(text -> assertThat(text).startsWith("decision"));
    }

    private static LaneSettings withLaterIdFirst(LaneSettings correct) {
        return new LaneSettings(
                LanePolicies.of(new LaterIdFirst(correct.ordering()), correct.admission()),
                correct.maxPasses(),
                correct.leaseMillis(),
                correct.leaseCheckMillis(),
                correct.orphanMillis(),
                correct.forgetMillis(),
                correct.dispatchesPerWakeup(),
                correct.tickMillis());
    }
}

package io.sluice.core.kernel.law;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

import java.util.List;

/**
 * One thing that happens in the world.
 *
 * @param kind what
 * @param pick to whom
 * @param size how much
 */
record Step(Kind kind, int pick, int size) {

    /** What may happen. */
    enum Kind {
        SUBMIT,
        SUBMIT_AGAIN,
        CANCEL,
        REPRIORITISE,
        DRAIN,
        READ,
        DELIVER,
        GO_ON,
        COMMAND,
        END,
        TIME,
        CHECKPOINT,
        CRASH,
        REBUILD,
        KILL_WORKER,
        START_WORKER,
        REPEAT_REPORT,
        SWAP_REPORTS
    }

    /** Days on which the job crashes, workers die, and their logs are not what they should be. */
    static Arbitrary<List<Step>> anything() {
        return list(
                Arbitraries.frequencyOf(
                        Tuple.of(40, usual()),
                        Tuple.of(1, Arbitraries.of(Kind.KILL_WORKER, Kind.START_WORKER)),
                        Tuple.of(1, Arbitraries.of(Kind.REPEAT_REPORT, Kind.SWAP_REPORTS)),
                        Tuple.of(2, Arbitraries.of(Kind.CHECKPOINT, Kind.CRASH))));
    }

    /** Days on which only the job crashes, and nobody cancels. */
    static Arbitrary<List<Step>> crashesOfTheJob() {
        return list(
                Arbitraries.frequencyOf(
                        Tuple.of(20, usual().filter(kind -> kind != Kind.CANCEL)),
                        Tuple.of(1, Arbitraries.of(Kind.CHECKPOINT, Kind.CRASH))));
    }

    /** Mostly things that get requests on, so that there is something to lose. */
    private static Arbitrary<Kind> usual() {
        return Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.just(Kind.SUBMIT)),
                Tuple.of(4, Arbitraries.just(Kind.READ)),
                Tuple.of(5, Arbitraries.just(Kind.DELIVER)),
                Tuple.of(8, Arbitraries.just(Kind.GO_ON)),
                Tuple.of(4, Arbitraries.just(Kind.COMMAND)),
                Tuple.of(5, Arbitraries.just(Kind.END)),
                Tuple.of(2, Arbitraries.just(Kind.TIME)),
                Tuple.of(
                        2,
                        Arbitraries.of(
                                Kind.SUBMIT_AGAIN,
                                Kind.CANCEL,
                                Kind.REPRIORITISE,
                                Kind.DRAIN,
                                Kind.REBUILD)));
    }

    private static Arbitrary<List<Step>> list(Arbitrary<Kind> kinds) {
        Arbitrary<Integer> numbers =
                Arbitraries.integers()
                        .between(0, 999)
                        .withDistribution(RandomDistribution.uniform())
                        .withoutEdgeCases();
        return Combinators.combine(kinds, numbers, numbers)
                .as(Step::new)
                .list()
                .ofMinSize(40)
                .ofMaxSize(140)
                .withSizeDistribution(RandomDistribution.uniform());
    }
}

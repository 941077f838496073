package io.sluice.core.kernel;

import io.sluice.core.model.Dependency;
import io.sluice.core.model.OnFailure;
import io.sluice.core.testing.QueueStep;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever happens to a workflow: what was told last of each request that was let through and has
 * not ended is the longest chain that waits for it, counted anew from the edges alone.
 */
class GatePathsLawTest {

    private static final String SEED = "11";
    private static final int IDS = 9;

    /** What happens. */
    private enum Kind {
        ARRIVE,
        COMPLETE,
        FAIL,
        TIME
    }

    @Provide
    Arbitrary<List<QueueStep<Kind>>> steps() {
        Arbitrary<Kind> kinds =
                Arbitraries.frequencyOf(
                        Tuple.of(8, Arbitraries.just(Kind.ARRIVE)),
                        Tuple.of(3, Arbitraries.of(Kind.values())));
        return QueueStep.sequences(kinds, 60);
    }

    @Property(tries = 3_000, seed = SEED)
    void whatWasToldLastIsTheLongestChain(@ForAll("steps") List<QueueStep<Kind>> steps) {
        Workflow workflow = new Workflow();
        for (QueueStep<Kind> step : steps) {
            workflow.take(step);
            assertThat(workflow.told()).isEqualTo(workflow.longest());
        }
    }

    private static final class Workflow {

        private final GateFixture gate = new GateFixture();
        private final Map<String, Long> told = new HashMap<>();

        void take(QueueStep<Kind> step) {
            String id = "r" + step.number() % IDS;
            switch (step.kind()) {
                case ARRIVE -> gate.arrive(id, 0, 1 + step.size() % 13 * 7, edges(step));
                case COMPLETE -> gate.complete(id);
                case FAIL -> gate.fail(id, "Failed");
                case TIME -> gate.pass(step.number() % 700);
            }
            told.keySet().removeIf(known -> gate.store.get(known) == null);
            gate.effects.forEach(this::hear);
            gate.effects.clear();
        }

        private static Dependency[] edges(QueueStep<Kind> step) {
            Random random = new Random(1_009L * step.number() + step.size());
            OnFailure[] rules = OnFailure.values();
            return IntStream.range(0, IDS)
                    .filter(i -> random.nextInt(4) == 0)
                    .mapToObj(i -> Dependency.on("r" + i, rules[random.nextInt(rules.length)]))
                    .toArray(Dependency[]::new);
        }

        private void hear(GateEffect effect) {
            if (effect instanceof GateEffect.Submit submit) {
                told.putIfAbsent(submit.requestId(), submit.criticalPathMillis());
            } else if (effect instanceof GateEffect.LetThrough through) {
                told.put(through.requestId(), through.criticalPathMillis());
            } else if (effect instanceof GateEffect.PathChanged changed) {
                assertThat(told.put(changed.requestId(), changed.criticalPathMillis()))
                        .as("what is told is news")
                        .isNotEqualTo(changed.criticalPathMillis());
            }
        }

        /** What was told last, of those that may run. */
        Map<String, Long> told() {
            Map<String, Long> paths = new HashMap<>(told);
            paths.keySet().removeIf(id -> !mayRun(gate.store.get(id)));
            return paths;
        }

        Map<String, Long> longest() {
            Map<String, Long> paths = new HashMap<>();
            for (GateNode node : gate.store.all()) {
                if (mayRun(node)) {
                    paths.put(node.requestId(), Math.round(below(node.requestId())));
                }
            }
            return paths;
        }

        private static boolean mayRun(GateNode node) {
            return node != null && node.phase() == GateNode.Phase.PASSED;
        }

        private double below(String id) {
            return StreamSupport.stream(gate.store.all().spliterator(), false)
                    .filter(node -> node.waitsFor(id))
                    .mapToDouble(node -> node.serviceMillis() + below(node.requestId()))
                    .max()
                    .orElse(0);
        }
    }
}

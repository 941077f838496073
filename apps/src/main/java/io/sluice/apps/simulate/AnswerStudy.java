package io.sluice.apps.simulate;

import io.sluice.sim.fleet.RunListener;
import io.sluice.sim.result.AnswerCollector;
import io.sluice.sim.result.RunFigures;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A study that also tells how soon so many answers are there, and how many after so long. */
final class AnswerStudy implements Study {

    private final Study study;
    private final Wanted wanted;

    /**
     * What is asked.
     *
     * @param answers how many, 1 or more
     * @param seconds how long, 0 or more
     */
    record Wanted(long answers, double seconds) {

        private static final double NANOS_PER_SECOND = 1e9;
        private static final double MOST_SECONDS = 1e9;

        /** Rejects what cannot be counted. */
        Wanted {
            if (answers < 1) {
                throw new IllegalArgumentException(
                        "--answers is %d, must be 1 or more".formatted(answers));
            }
            if (!(seconds > 0 && seconds <= MOST_SECONDS)) {
                throw new IllegalArgumentException(
                        "--within is %s s, must be above 0, and at most %.0f"
                                .formatted(seconds, MOST_SECONDS));
            }
        }

        private AnswerCollector collector() {
            return new AnswerCollector(answers, Math.round(seconds * NANOS_PER_SECOND));
        }
    }

    AnswerStudy(Study study, Wanted wanted) {
        this.study = study;
        this.wanted = wanted;
    }

    @Override
    public Map<String, String> conditions() {
        Map<String, String> conditions = new LinkedHashMap<>(study.conditions());
        conditions.put("answers", Long.toString(wanted.answers()));
        conditions.put("within", wanted.seconds() + " s");
        return conditions;
    }

    @Override
    public void check(List<String> policies) {
        study.check(policies);
    }

    @Override
    public RunFigures run(String policy, long seed, CpuClock clock, RunListener results) {
        AnswerCollector answers = wanted.collector();
        RunFigures figures =
                study.run(
                        policy,
                        seed,
                        clock,
                        result -> {
                            answers.ended(result);
                            results.ended(result);
                        });
        return figures.withAnswers(answers.figures());
    }
}

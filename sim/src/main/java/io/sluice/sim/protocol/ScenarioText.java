package io.sluice.sim.protocol;

import io.sluice.core.model.RequestKey;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A scenario as text, a line for each thing: with the rules that are switched off it is everything
 * that a run depends on.
 *
 * @param scenario what happens
 * @param off rules that do not hold
 */
record ScenarioText(Scenario scenario, Set<Rule> off) {

    private static final String FIRST_LINE = "sluice chaos scenario 1";

    /** The text. */
    String written() {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        text.append("seed ").append(scenario.seed()).append('\n');
        text.append("workers ").append(scenario.workers()).append('\n');
        text.append("lanes ").append(ScenarioLine.written(scenario.lanes())).append('\n');
        text.append("checkpoint-ms ").append(scenario.checkpointMillis()).append('\n');
        off.forEach(rule -> text.append("without ").append(rule.title()).append('\n'));
        new TreeMap<>(scenario.fates().byKey())
                .forEach(
                        (key, fate) ->
                                text.append(
                                        "fate %s work-ms=%d failures=%d%n"
                                                .formatted(
                                                        key, fate.workMillis(), fate.failures())));
        scenario.steps().forEach(step -> text.append(StepText.of(step)).append('\n'));
        return text.toString();
    }

    /**
     * Reads a text; empty lines and those that begin with {@code #} mean nothing.
     *
     * @throws IllegalArgumentException naming the line and what is wrong with it
     */
    static ScenarioText read(String text) {
        Reader reader = new Reader();
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.get(0).trim().equals(FIRST_LINE)) {
            throw new IllegalArgumentException(
                    "line 1: a scenario begins with '%s'".formatted(FIRST_LINE));
        }
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i).trim();
            if (!line.isEmpty() && !line.startsWith("#")) {
                reader.read(i + 1, line);
            }
        }
        return reader.result();
    }

    /** What was read so far. */
    private static final class Reader {

        private final Set<Rule> off = EnumSet.noneOf(Rule.class);
        private final Map<RequestKey, Fates.Fate> fates = new HashMap<>();
        private final List<Step> steps = new ArrayList<>();
        private long seed;
        private int workers = 1;
        private LaneRule lanes = LaneRule.IN_ORDER;
        private long checkpointMillis = 1_000;

        void read(int number, String text) {
            ScenarioLine line = new ScenarioLine(number, text);
            if (Character.isDigit(text.charAt(0))) {
                steps.add(checked(StepText.read(line), line));
                return;
            }
            String what = line.word("a word");
            switch (what) {
                case "seed" -> seed = line.word("a seed", Long::valueOf);
                case "workers" -> workers = atLeastOne(line);
                case "lanes" -> lanes = line.word("a rule", ScenarioLine.oneOf(LaneRule.class));
                case "checkpoint-ms" -> checkpointMillis = atLeastOne(line);
                case "without" -> off.add(line.word("a rule", Rule::titled));
                case "fate" -> fate(line);
                default -> throw line.wrong("nothing is called '%s'".formatted(what));
            }
            line.end();
        }

        private static int atLeastOne(ScenarioLine line) {
            int number = line.word("a number", Integer::valueOf);
            if (number < 1) {
                throw line.wrong("the number must be 1 or more");
            }
            return number;
        }

        private void fate(ScenarioLine line) {
            RequestKey key = line.word("a request, as tenant/id", RequestKey::parse);
            fates.put(
                    key,
                    new Fates.Fate(
                            line.required("work-ms", Long::valueOf),
                            line.required("failures", Integer::valueOf)));
        }

        /** Workers are named before the steps that befall them. */
        private Step checked(Step step, ScenarioLine line) {
            int worker = Scenario.workerOf(step);
            if (worker >= workers) {
                throw line.wrong("there is no gpu-%d, workers are %d".formatted(worker, workers));
            }
            if (!steps.isEmpty() && steps.get(steps.size() - 1).atMillis() > step.atMillis()) {
                throw line.wrong("it comes before the step above; put the steps in order");
            }
            return step;
        }

        ScenarioText result() {
            return new ScenarioText(
                    new Scenario(seed, workers, lanes, checkpointMillis, steps, new Fates(fates)),
                    off);
        }
    }
}

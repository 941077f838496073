package io.sluice.sim.protocol;

import java.util.Set;

/**
 * Tells what went wrong under a seed, in as few steps as still go wrong: leaves out one step after
 * the other for as long as some promise stays broken.
 */
public final class Explanation {

    private final Set<Rule> off;
    private Scenario scenario;

    private Explanation(Scenario scenario, Set<Rule> off) {
        this.scenario = scenario;
        this.off = off;
    }

    /**
     * Explains a seed that breaks a promise: the seed, what happens from outside, what followed
     * from it, what is wrong with that.
     */
    public static String of(long seed, Set<Rule> off) {
        Explanation explanation =
                new Explanation(ScenarioGenerator.of(seed, World.START_MILLIS), off);
        explanation.shrink();
        return explanation.text();
    }

    private void shrink() {
        boolean shorter = true;
        while (shorter) {
            shorter = false;
            for (int i = scenario.steps().size() - 1; i >= 0; i--) {
                Scenario fewer = scenario.without(i);
                if (!ProtocolRun.of(fewer, off, false).violations().isEmpty()) {
                    scenario = fewer;
                    shorter = true;
                }
            }
        }
    }

    private String text() {
        ProtocolRun.Result result = ProtocolRun.of(scenario, off, true);
        StringBuilder text = new StringBuilder();
        text.append("seed %d, rules off %s%n".formatted(scenario.seed(), off));
        scenario.steps().forEach(step -> text.append("  ").append(step).append('\n'));
        result.log().forEach(line -> text.append(line).append('\n'));
        result.violations().forEach(v -> text.append(v).append('\n'));
        return text.toString();
    }
}

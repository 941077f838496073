package io.sluice.sim.protocol;

import io.sluice.sim.protocol.ProtocolRun.Result;

import java.util.List;
import java.util.Set;

/**
 * Tells what goes wrong in a scenario: what happens from outside, what follows from it, and which
 * promises that breaks.
 */
public final class Explanation {

    private final ScenarioText scenario;
    private final Result result;

    private Explanation(ScenarioText scenario) {
        this.scenario = scenario;
        this.result = ProtocolRun.of(scenario.scenario(), scenario.off(), true);
    }

    /**
     * Explains a seed that breaks a promise, by as few, as early and as short steps as break the
     * same promise. One that breaks none is told as it is.
     */
    public static Explanation of(long seed, Set<Rule> off) {
        return new Explanation(
                new ScenarioText(Shrinking.of(ScenarioGenerator.of(seed), off), off));
    }

    /**
     * Explains a scenario that {@link #scenario} has told.
     *
     * @throws IllegalArgumentException naming the line and what is wrong with it
     */
    public static Explanation ofScenario(String text) {
        return new Explanation(ScenarioText.read(text));
    }

    /** The scenario, to be kept in a file. */
    public String scenario() {
        return scenario.written();
    }

    /** How many things happen from outside. */
    public int steps() {
        return scenario.scenario().steps().size();
    }

    /** The promises that are broken. */
    public List<Violation> violations() {
        return result.violations();
    }

    /** All of it, for people. */
    public String text() {
        StringBuilder text = new StringBuilder(scenario());
        text.append('\n');
        result.log().forEach(line -> text.append(line).append('\n'));
        text.append('\n');
        result.violations().forEach(v -> text.append(v).append('\n'));
        return text.toString();
    }
}

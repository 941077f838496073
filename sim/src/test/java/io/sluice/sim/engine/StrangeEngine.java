package io.sluice.sim.engine;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The step-by-step reference as a stand-in for a real engine: its steps may last as no step cost of
 * the model says, and by chance.
 */
public final class StrangeEngine {
    private StrangeEngine() {}

    /** A request and the nanosecond of its arrival. */
    public record Arrival(EngineRequest request, long atNanos) {}

    /**
     * All that the engine tells.
     *
     * @param profile its limits and rules; the cost in it is not asked
     * @param arrivals in the order of time
     * @param stepPicos how long a step lasts; asked once for each
     */
    public static List<EngineEvent> run(
            EngineProfile profile, List<Arrival> arrivals, ToLongFunction<StepLoad> stepPicos) {
        List<Scenario.Action> actions =
                arrivals.stream()
                        .<Scenario.Action>map(a -> new Scenario.Submit(a.atNanos(), a.request()))
                        .toList();
        return new NaiveEngine(new Scenario(profile, 0, actions), stepPicos).run().events;
    }
}

package io.sluice.sim.calibration;

import io.sluice.sim.engine.BatchingRules;
import io.sluice.sim.engine.EngineEvent;
import io.sluice.sim.engine.EngineLimits;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.EngineRequest;
import io.sluice.sim.engine.LinearStepCost;
import io.sluice.sim.engine.PrefillMode;
import io.sluice.sim.engine.StepLoad;
import io.sluice.sim.engine.StrangeEngine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * A made-up GPU with a made-up load, measured by the step-by-step reference engine: every step
 * lasts a few per cent longer or shorter by chance, and first tokens are seen a few milliseconds
 * late, as by a front end.
 *
 * @param name what to call it
 * @param limits slots, token budget, KV memory
 * @param stepSeconds how long a step really lasts, chance left out; need not be linear
 * @param load what is sent
 */
record Gpu(String name, EngineLimits limits, ToDoubleFunction<StepLoad> stepSeconds, Load load) {
    private static final double NOISE = 0.04;
    private static final long FRONT_END_NANOS = 4_000_000;

    /**
     * Requests with Poisson arrivals, log-normal prompts and normal outputs.
     *
     * @param requests how many
     * @param perSecond how many in a second
     * @param promptTokens their mean prompt
     * @param outputTokens their mean output
     */
    record Load(int requests, double perSecond, double promptTokens, double outputTokens) {}

    /** Slots, and KV memory and budget enough for them. */
    static EngineLimits limits(int slots, int budget, int kvTokens) {
        return new EngineLimits(slots, budget, 16, kvTokens / 16 + 1, 131_072);
    }

    /** A model all of whose weights are read in every step. */
    static ToDoubleFunction<StepLoad> dense(double... seconds) {
        LinearStepCost cost = StepCostForm.FIVE_TERMS.cost(seconds);
        return load -> cost.stepPicos(load) * 1e-12;
    }

    /**
     * A mixture of experts: a step reads those that its tokens chose, which are soon all.
     *
     * @param all seconds to read all experts
     * @param chosen part of the experts that one token chooses
     * @param rest what does not depend on experts
     */
    static ToDoubleFunction<StepLoad> sparse(
            double all, double chosen, ToDoubleFunction<StepLoad> rest) {
        return load -> {
            double tokens = load.prefillTokens() + load.decodes();
            return rest.applyAsDouble(load) + all * (1 - Math.pow(1 - chosen, tokens));
        };
    }

    /** The engine with no step cost of its own. */
    MeasuredEngine engine() {
        return MeasuredEngine.of(
                new EngineProfile(
                        name,
                        "toy",
                        "paper",
                        LinearStepCost.ofStep(0.01),
                        limits,
                        new BatchingRules(PrefillMode.CHUNKED, true, 1)));
    }

    /** One measured run. */
    MeasuredLog measure(long seed) {
        Random random = new Random(seed);
        List<StrangeEngine.Arrival> arrivals = arrivals(random);
        List<EngineEvent> events =
                StrangeEngine.run(
                        engine().profile(),
                        arrivals,
                        step -> {
                            double chance = Math.max(0.5, 1 + NOISE * random.nextGaussian());
                            return Math.round(stepSeconds.applyAsDouble(step) * chance * 1e12);
                        });
        Map<String, Map<Class<?>, Long>> times = new HashMap<>();
        for (EngineEvent event : events) {
            times.computeIfAbsent(event.id(), id -> new HashMap<>())
                    .put(event.getClass(), event.atNanos());
        }
        return new MeasuredLog(
                arrivals.stream().map(a -> measured(a, times.get(a.request().id()))).toList());
    }

    private List<StrangeEngine.Arrival> arrivals(Random random) {
        List<StrangeEngine.Arrival> arrivals = new ArrayList<>();
        double seconds = 0;
        for (int i = 0; i < load.requests(); i++) {
            double prompt = load.promptTokens() * Math.exp(0.7 * random.nextGaussian() - 0.245);
            double output = load.outputTokens() * (1 + 0.2 * random.nextGaussian());
            EngineRequest request =
                    EngineRequest.of(
                            "r" + i,
                            (int) Math.max(64, Math.min(4_000, prompt)),
                            (int) Math.max(16, Math.min(1_500, output)));
            arrivals.add(new StrangeEngine.Arrival(request, (long) (seconds * 1e9)));
            seconds -= Math.log(1 - random.nextDouble()) / load.perSecond();
        }
        return arrivals;
    }

    private static MeasuredRequest measured(
            StrangeEngine.Arrival arrival, Map<Class<?>, Long> times) {
        long first = times.get(EngineEvent.FirstToken.class) + FRONT_END_NANOS;
        long last = Math.max(first, times.get(EngineEvent.Finished.class));
        return new MeasuredRequest(
                arrival.request(),
                arrival.atNanos(),
                OptionalLong.of(times.get(EngineEvent.Started.class)),
                OptionalLong.of(first),
                OptionalLong.of(last));
    }
}

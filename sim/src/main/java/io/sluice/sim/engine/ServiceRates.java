package io.sluice.sim.engine;

import io.sluice.core.model.Speed;

/**
 * How fast an engine serves a request in typical company: what a worker advertises and a scheduler
 * predicts with. Predicted service time = {@code prefillMillisPerToken * prompt +
 * decodeMillisPerToken * (output - 1)}.
 *
 * @param prefillMillisPerToken time to the first token of a request that does not queue, per prompt
 *     token: the steps that its prompt takes beside the decodes of the others (or alone, where
 *     prompts are computed whole), divided by its length
 * @param decodeMillisPerToken one step of the company with our request in it
 */
public record ServiceRates(double prefillMillisPerToken, double decodeMillisPerToken) {
    private static final double PICOS_PER_MILLI = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;

    /** The rates of a profile in its {@link TypicalLoad}. */
    public static ServiceRates of(EngineProfile profile) {
        return of(profile, TypicalLoad.of(profile));
    }

    /**
     * What an engine of this kind advertises of its speed: exact where a step's time does not
     * depend on the company, else the rates in {@link TypicalLoad}.
     */
    public static Speed speed(EngineProfile profile) {
        if (profile.cost() instanceof SlowestMemberStepCost alone) {
            return new Speed(
                    alone.prefillTokenSeconds() * MILLIS_PER_SECOND,
                    alone.prefillSquareSeconds() * MILLIS_PER_SECOND,
                    alone.decodePicos() / PICOS_PER_MILLI,
                    alone.contextTokenPicos() / PICOS_PER_MILLI);
        }
        ServiceRates rates = of(profile);
        return new Speed(rates.prefillMillisPerToken(), rates.decodeMillisPerToken());
    }

    /** The rates of a profile in given company. */
    public static ServiceRates of(EngineProfile profile, TypicalLoad load) {
        double prefill = prefillPicos(profile, load) / PICOS_PER_MILLI / load.promptTokens();
        long decode = profile.cost().stepPicos(load.decodeLoad(load.decodes() + 1));
        return new ServiceRates(prefill, decode / PICOS_PER_MILLI);
    }

    /** Predicted time from start to last token, without waiting, in milliseconds. */
    public double serviceMillis(int promptTokens, int outputTokens) {
        return prefillMillisPerToken * promptTokens + decodeMillisPerToken * (outputTokens - 1);
    }

    private static double prefillPicos(EngineProfile profile, TypicalLoad load) {
        if (profile.rules().prefillMode() == PrefillMode.WHOLE) {
            return profile.cost()
                    .stepPicos(StepLoad.prefill(load.promptTokens(), load.promptTokens()));
        }
        StepLoad others = load.decodeLoad(load.decodes());
        int room = Math.max(1, profile.limits().maxBatchedTokens() - load.decodes());
        double picos = 0;
        for (int left = load.promptTokens(); left > 0; left -= room) {
            int chunk = Math.min(left, room);
            picos +=
                    profile.cost()
                            .stepPicos(
                                    new StepLoad(
                                            chunk,
                                            chunk,
                                            others.decodes(),
                                            others.contextTokens(),
                                            others.longestContextTokens()));
        }
        return picos;
    }
}

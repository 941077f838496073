package io.sluice.apps.worker;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestKey;
import io.sluice.sim.worker.DispatchId;

import java.util.SplittableRandom;

/**
 * What chance decides about a run. Each draw depends on the seed and on what it is about, never on
 * what was drawn before, so that a run has the same lot whenever and wherever it happens.
 */
final class Lots {

    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;
    private static final int OUTPUT = 1;
    private static final int FAILURE = 2;

    private final long seed;
    private final double failRate;

    Lots(long seed, double failRate) {
        this.seed = seed;
        this.failRate = failRate;
    }

    /**
     * An output length that nobody named: geometric, since nothing is known, with the mean that the
     * scheduler assumes then. All attempts of a request have the same.
     *
     * @param most the longest that fits, at least 1
     */
    int outputTokens(RequestKey request, long most) {
        double uniform = random(OUTPUT, request.scoped()).nextDouble();
        double tokens =
                Math.ceil(-Math.log1p(-uniform) * (PendingRequest.DEFAULT_OUTPUT_TOKENS - 0.5));
        return (int) Math.max(1, Math.min((double) most, tokens));
    }

    /**
     * After how many output tokens a run fails.
     *
     * @param outputTokens how many it would produce
     * @return 0 if it does not fail, else at most {@code outputTokens}
     */
    int failsAfter(DispatchId run, int outputTokens) {
        SplittableRandom random = random(FAILURE, run.toString());
        return random.nextDouble() < failRate ? 1 + random.nextInt(outputTokens) : 0;
    }

    private SplittableRandom random(int purpose, String subject) {
        long state = seed * GOLDEN + purpose;
        for (int i = 0; i < subject.length(); i++) {
            state = (state ^ subject.charAt(i)) * 0xBF58_476D_1CE4_E5B9L;
            state ^= state >>> 31;
        }
        return new SplittableRandom(state);
    }
}

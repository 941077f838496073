package io.sluice.bench;

import io.sluice.core.model.BlockHashes;
import io.sluice.core.model.Passengers;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Prediction;
import io.sluice.core.model.Progress;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.SloTarget;

import java.util.SplittableRandom;

/**
 * Requests as a service sees them: lengths with a long tail, some urgent, each with a deadline and
 * a score, from tenants drawn at random. Draws are cheap; what costs is drawn once and used again.
 */
final class RequestSource {

    private static final long SEED = 20_261_122;
    private static final int BODIES = 1 << 14;
    private static final int LONGEST_PROMPT = 4_096;
    private static final int LONGEST_OUTPUT = 2_048;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final String MODEL = "llama-3.1-8b";

    /** What of a request does not depend on when it comes. */
    private record Body(
            int priority, int inputTokens, int outputTokens, double score, long patienceMillis) {}

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Body[] bodies = new Body[BODIES];
    private final String[] tenants;
    private final PromptTree prompts;
    private long made;

    /**
     * A source.
     *
     * @param tenants from how many tenants requests come, all alike
     * @param hashed whether prompts are told apart by the hashes of their blocks
     */
    RequestSource(int tenants, boolean hashed) {
        this.tenants = new String[tenants];
        for (int tenant = 0; tenant < tenants; tenant++) {
            this.tenants[tenant] = "tenant-%05d".formatted(tenant);
        }
        for (int body = 0; body < BODIES; body++) {
            bodies[body] = body();
        }
        this.prompts = new PromptTree(hashed, random.split());
    }

    private Body body() {
        // Half of the requests are of the default priority, one in thirty may be shed.
        int priority =
                random.nextInt(2) == 0 ? 0 : random.nextInt(15) == 0 ? -1 : random.nextInt(5);
        int output = tokens(150, 1.0, LONGEST_OUTPUT);
        return new Body(
                priority,
                tokens(600, 0.9, LONGEST_PROMPT),
                output,
                output * Math.exp(0.3 * random.nextGaussian()),
                HOUR_MILLIS + random.nextLong(2 * HOUR_MILLIS));
    }

    private int tokens(double median, double sigma, int most) {
        double drawn = median * Math.exp(sigma * random.nextGaussian());
        return (int) Math.max(1, Math.min(drawn, most));
    }

    /** A new request that the broker took at a time. */
    PendingRequest next(long submittedAtMillis) {
        Body body = bodies[random.nextInt(BODIES)];
        long deadline = submittedAtMillis + body.patienceMillis();
        String id = "request-" + made++;
        return new PendingRequest(
                new RequestKey(tenants[random.nextInt(tenants.length)], id),
                MODEL,
                body.priority(),
                submittedAtMillis,
                deadline,
                deadline,
                body.inputTokens(),
                LONGEST_OUTPUT,
                new Prediction(body.outputTokens(), body.score()),
                Progress.NONE,
                0,
                SloTarget.NONE,
                null,
                null,
                passengers(submittedAtMillis, prompts.hashes(body.inputTokens())));
    }

    private static Passengers passengers(long createdMillis, BlockHashes hashes) {
        return new Passengers(createdMillis, 0, null, null, null, true, null, null, hashes);
    }
}

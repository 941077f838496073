package io.sluice.sim.engine;

import java.util.Optional;

/**
 * Whether a request can run at all: judged once, when it is submitted, so that nothing waits for
 * what never comes.
 */
final class Admissibility {
    private Admissibility() {}

    static Optional<Submission.Refused> refusal(
            EngineRequest request, EngineProfile profile, boolean duplicate) {
        EngineLimits limits = profile.limits();
        long tokens = (long) request.promptTokens() + request.producedTokens();
        if (duplicate) {
            return refused(
                    RefusalReason.DUPLICATE_ID,
                    "request %s: the engine holds a request of this id".formatted(request.id()));
        }
        if (tokens > limits.maxContextTokens()) {
            String limit =
                    "%d tokens of context of %s"
                            .formatted(limits.maxContextTokens(), profile.name());
            return refused(RefusalReason.CONTEXT_TOO_LONG, tooLong(request, limit));
        }
        if (tokens > limits.usableKvTokens()) {
            String limit =
                    "%d tokens of KV memory of %s"
                            .formatted(limits.usableKvTokens(), profile.name());
            return refused(RefusalReason.KV_MEMORY_TOO_SMALL, tooLong(request, limit));
        }
        return Optional.empty();
    }

    private static String tooLong(EngineRequest request, String limit) {
        return "request %s: prompt %d + output %d tokens are more than the %s"
                .formatted(request.id(), request.promptTokens(), request.producedTokens(), limit);
    }

    private static Optional<Submission.Refused> refused(RefusalReason reason, String message) {
        return Optional.of(new Submission.Refused(reason, message));
    }
}

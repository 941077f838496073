package io.sluice.jobs.state;

import io.sluice.core.model.Progress;
import io.sluice.core.model.Release;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.RequestKey;

import org.jspecify.annotations.Nullable;

/** A release that a lane has decided and not sent yet; {@code reason} is the constant's name. */
public record ReleaseState(
        String tenant,
        String requestId,
        int attempt,
        String fromInstance,
        long epoch,
        String reason,
        boolean retriable,
        @Nullable String code,
        @Nullable String message,
        int generatedTokens,
        int heldTokens,
        long interruptedAtMillis,
        long commandEpoch) {

    /** The state form. */
    public static ReleaseState of(Release release) {
        return new ReleaseState(
                release.key().tenant(),
                release.key().requestId(),
                release.attempt(),
                release.fromInstance(),
                release.epoch(),
                release.reason().name(),
                release.retriable(),
                release.code(),
                release.message(),
                release.progress().generatedTokens(),
                release.progress().heldTokens(),
                release.progress().interruptedAtMillis(),
                release.commandEpoch());
    }

    /** The kernel's form. */
    public Release toCore() {
        return new Release(
                new RequestKey(tenant, requestId),
                attempt,
                fromInstance,
                epoch,
                ReleaseReason.valueOf(reason),
                retriable,
                code,
                message,
                new Progress(generatedTokens, heldTokens, interruptedAtMillis),
                commandEpoch);
    }
}

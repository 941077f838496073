package io.sluice.jobs.io;

import io.sluice.core.model.Progress;
import io.sluice.core.model.Release;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.RequestKey;
import io.sluice.jobs.flow.ReleaseMessage;
import io.sluice.jobs.state.LogPosition;
import io.sluice.schemas.avro.HandBack;
import io.sluice.schemas.avro.HandBackReason;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** Between a lane's release and its record on the hand-backs topic, both ways. */
final class ReleaseMapping implements RecordMapping<HandBack, Release> {

    private static final long serialVersionUID = 1L;

    @Override
    public Release map(HandBack record, LogPosition position) {
        LongTexts.refuse(record);
        if (record.getReason() == HandBackReason.UNKNOWN) {
            throw new IllegalArgumentException(
                    "the reason of the hand-back is unknown to this version");
        }
        return new Release(
                new RequestKey(record.getFairnessId(), record.getRequestId()),
                record.getAttempt(),
                record.getInstanceId(),
                record.getEpoch(),
                ReleaseReason.valueOf(record.getReason().name()),
                record.getRetriable(),
                record.getErrorCode(),
                LongTexts.explanation(record.getMessage()),
                progress(record),
                record.getCommandEpoch());
    }

    private static Progress progress(HandBack record) {
        Instant interrupted = record.getInterruptedAt();
        return new Progress(
                record.getGeneratedTokens(),
                record.getHeldTokens(),
                interrupted == null ? 0 : interrupted.toEpochMilli());
    }

    static String key(ReleaseMessage message) {
        return message.release().key().requestId();
    }

    static HandBack record(ReleaseMessage message) {
        Release release = message.release();
        return HandBack.newBuilder()
                .setRequestId(release.key().requestId())
                .setFairnessId(release.key().tenant())
                .setAttempt(release.attempt())
                .setInstanceId(release.fromInstance())
                .setEpoch(release.epoch())
                .setReason(HandBackReason.valueOf(release.reason().name()))
                .setRetriable(release.retriable())
                .setErrorCode(release.code())
                .setMessage(release.message())
                .setGeneratedTokens(release.progress().generatedTokens())
                .setHeldTokens(release.progress().heldTokens())
                .setInterruptedAt(interruptedAt(release.progress()))
                .setCommandEpoch(release.commandEpoch())
                .setReleasedAt(Instant.ofEpochMilli(message.atMillis()))
                .build();
    }

    private static @Nullable Instant interruptedAt(Progress progress) {
        long millis = progress.interruptedAtMillis();
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }
}

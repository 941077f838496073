package io.sluice.wire;

import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.Progress;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RunId;

/** Runs that a worker holds, as heartbeats and a worker's ledger list them. */
public final class AcceptedRuns {

    private AcceptedRuns() {}

    /** The run that a record stands for. */
    public static AcceptedRun read(io.sluice.schemas.avro.AcceptedRun held) {
        RequestKey key = new RequestKey(held.getFairnessId(), held.getRequestId());
        RunId run = new RunId(key, held.getAttempt(), held.getCommandEpoch());
        Progress progress = new Progress(held.getGeneratedTokens(), held.getHeldTokens());
        return new AcceptedRun(run, held.getReservedTokens(), held.getPriority(), progress);
    }

    /** The record of a run. */
    public static io.sluice.schemas.avro.AcceptedRun record(AcceptedRun accepted) {
        RunId run = accepted.run();
        return io.sluice.schemas.avro.AcceptedRun.newBuilder()
                .setRequestId(run.key().requestId())
                .setFairnessId(run.key().tenant())
                .setAttempt(run.attempt())
                .setCommandEpoch(run.commandEpoch())
                .setReservedTokens(accepted.reservedTokens())
                .setPriority(accepted.priority())
                .setGeneratedTokens(accepted.progress().generatedTokens())
                .setHeldTokens(accepted.progress().heldTokens())
                .build();
    }
}

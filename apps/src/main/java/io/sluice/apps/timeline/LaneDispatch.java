package io.sluice.apps.timeline;

import io.sluice.schemas.avro.CommandType;
import io.sluice.schemas.avro.DispatchCommand;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;

/**
 * A request that a lane sent to its worker: what others waited for meanwhile.
 *
 * @param instanceId the lane
 * @param decidedAt when, by the clock of the job
 * @param epoch job attempt that sent it
 * @param seq number of the command in its lane and epoch
 * @param tenant tenant of the request
 * @param requestId the request
 * @param priority its priority; higher is more important
 * @param submittedAt when the broker took it in, or null if the command does not say
 * @param queueLength requests that still waited behind it, or null if the command does not say
 */
public record LaneDispatch(
        String instanceId,
        Instant decidedAt,
        long epoch,
        long seq,
        String tenant,
        String requestId,
        int priority,
        @Nullable Instant submittedAt,
        @Nullable Integer queueLength) {

    /** What a command tells of that; empty if it is another command. */
    public static Optional<LaneDispatch> of(DispatchCommand command) {
        if (command.getType() != CommandType.DISPATCH
                || command.getRequestId() == null
                || command.getFairnessId() == null) {
            return Optional.empty();
        }
        return Optional.of(
                new LaneDispatch(
                        command.getInstanceId(),
                        command.getDecidedAt(),
                        command.getEpoch(),
                        command.getSeq(),
                        command.getFairnessId(),
                        command.getRequestId(),
                        command.getPriority(),
                        command.getSubmittedAt(),
                        command.getQueueLength()));
    }
}

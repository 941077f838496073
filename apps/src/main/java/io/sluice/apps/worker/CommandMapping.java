package io.sluice.apps.worker;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.kernel.LaneEffect.Address;
import io.sluice.core.model.BlockHashes;
import io.sluice.core.model.Passengers;
import io.sluice.core.model.PayloadLocation;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.SloTarget;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.PayloadRef;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** From a record of the dispatch topic to a command of the protocol. */
final class CommandMapping {

    private CommandMapping() {}

    /**
     * The command in a record.
     *
     * @param incarnation who lives now: meant by a command that names nobody
     * @throws IllegalArgumentException if the record lacks what its kind needs, or is of a kind
     *     that a worker does not know
     */
    static LaneEffect.Command command(DispatchCommand command, long incarnation) {
        Address address = address(command, incarnation);
        return switch (command.getType()) {
            case DISPATCH -> dispatch(command, address);
            case CANCEL ->
                    new LaneEffect.Stop(
                            address,
                            key(command),
                            attempt(command),
                            command.getReason() == null ? "cancelled" : command.getReason());
            case SYNC -> new LaneEffect.Sync(address);
            case FENCE -> new LaneEffect.Fence(address);
            case DRAIN -> new LaneEffect.DrainWorker(address, true);
            case UNDRAIN -> new LaneEffect.DrainWorker(address, false);
            case PREEMPT ->
                    new LaneEffect.Preempt(
                            address,
                            key(command),
                            attempt(command),
                            command.getReason() == null ? "preempted" : command.getReason());
            case UNKNOWN ->
                    throw new IllegalArgumentException(
                            "this worker does not know commands of type " + command.getType());
        };
    }

    private static LaneEffect.Dispatch dispatch(DispatchCommand command, Address address) {
        return new LaneEffect.Dispatch(
                address, request(command), attempt(command), behind(command), 0);
    }

    private static LaneEffect.Behind behind(DispatchCommand command) {
        Long tokens = command.getNextTokens();
        return new LaneEffect.Behind(orZero(command.getQueueLength()), tokens == null ? 0 : tokens);
    }

    private static Address address(DispatchCommand command, long incarnation) {
        Long meant = command.getIncarnation();
        return new Address(
                command.getInstanceId(),
                meant == null ? incarnation : meant,
                0,
                command.getEpoch(),
                command.getSeq(),
                command.getDecidedAt().toEpochMilli());
    }

    private static PendingRequest request(DispatchCommand command) {
        long decided = command.getDecidedAt().toEpochMilli();
        return new PendingRequest(
                key(command),
                command.getModel() == null ? "" : command.getModel(),
                command.getPriority(),
                millis(command.getSubmittedAt(), decided),
                PendingRequest.NEVER,
                millis(command.getDeadline(), PendingRequest.NEVER),
                orZero(command.getInputTokens()),
                orZero(command.getMaxTokens()),
                orZero(command.getPredictedOutputTokens()),
                new SloTarget(
                        number(command.getSloTtftMs()),
                        number(command.getSloTpotMs()),
                        number(command.getSloE2eMs())),
                command.getSessionId(),
                null,
                passengers(command, decided));
    }

    private static Passengers passengers(DispatchCommand command, long decided) {
        return new Passengers(
                millis(command.getCreated(), decided),
                orZero(command.getMinTokens()),
                command.getWorkflowId(),
                command.getServiceTier(),
                command.getAdapter(),
                command.getStream(),
                payload(command.getPayloadRef()),
                command.getTraceparent(),
                hashes(command));
    }

    private static BlockHashes hashes(DispatchCommand command) {
        Integer blockTokens = command.getHashBlockTokens();
        if (blockTokens == null || command.getHashIds().isEmpty()) {
            return BlockHashes.NONE;
        }
        long[] ids = command.getHashIds().stream().mapToLong(Long::longValue).toArray();
        return new BlockHashes(blockTokens, ids);
    }

    private static @Nullable PayloadLocation payload(@Nullable PayloadRef reference) {
        return reference == null
                ? null
                : new PayloadLocation(
                        reference.getTopic(), reference.getPartition(), reference.getOffset());
    }

    private static RequestKey key(DispatchCommand command) {
        if (command.getFairnessId() == null || command.getRequestId() == null) {
            throw new IllegalArgumentException(
                    "a %s command lacks fairness_id or request_id".formatted(command.getType()));
        }
        return new RequestKey(command.getFairnessId(), command.getRequestId());
    }

    private static int attempt(DispatchCommand command) {
        if (command.getAttempt() < 1) {
            throw new IllegalArgumentException(
                    "a %s command of request %s has attempt %d, attempts count from 1"
                            .formatted(
                                    command.getType(),
                                    command.getRequestId(),
                                    command.getAttempt()));
        }
        return command.getAttempt();
    }

    private static int orZero(@Nullable Integer value) {
        return value == null ? 0 : value;
    }

    private static long millis(@Nullable Instant time, long otherwise) {
        return time == null ? otherwise : time.toEpochMilli();
    }

    private static double number(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }
}

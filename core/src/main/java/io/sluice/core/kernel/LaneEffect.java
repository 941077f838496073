package io.sluice.core.kernel;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.RequestKey;

import org.jspecify.annotations.Nullable;

/** What a lane wants done. */
public sealed interface LaneEffect {

    /**
     * Address of a command.
     *
     * @param instanceId instance
     * @param incarnation life of the worker that is meant; others ignore the command
     * @param dispatchPartition partition that the worker reads
     * @param epoch job epoch
     * @param seq number of the command in its lane
     * @param decidedAtMillis when it was decided
     */
    record Address(
            String instanceId,
            long incarnation,
            int dispatchPartition,
            long epoch,
            long seq,
            long decidedAtMillis) {

        Address inEpoch(long newEpoch) {
            return new Address(
                    instanceId, incarnation, dispatchPartition, newEpoch, seq, decidedAtMillis);
        }
    }

    /** A command to a worker. */
    sealed interface Command extends LaneEffect {
        /** Where it goes. */
        Address address();

        /** The same command with another address. */
        Command at(Address other);
    }

    /**
     * What waits in a lane behind a request that goes. A worker tells by it which of its idle time
     * is lost: a lane that holds room for a large request that was passed often enough loses none.
     *
     * @param requests how many wait
     * @param nextTokens no other goes before so many KV tokens are free; 0 if none waits
     */
    record Behind(int requests, long nextTokens) {

        /** Nothing waits. */
        public static final Behind NOTHING = new Behind(0, 0);
    }

    /**
     * Run a request.
     *
     * @param behind what still waits in the lane
     * @param queuePosition how many requests it went ahead of, 0 for the head of the queue
     */
    record Dispatch(
            Address address, PendingRequest request, int attempt, Behind behind, int queuePosition)
            implements Command {

        /** Requests that still wait in the lane. */
        public int queueLength() {
            return behind.requests();
        }

        /** Milliseconds from submission to this decision. */
        public long queueWaitMillis() {
            return address.decidedAtMillis() - request.submittedAtMillis();
        }

        @Override
        public Dispatch at(Address other) {
            return new Dispatch(other, request, attempt, behind, queuePosition);
        }
    }

    /** Stop a run. */
    record Stop(Address address, RequestKey key, int attempt, String reason) implements Command {

        @Override
        public Stop at(Address other) {
            return new Stop(other, key, attempt, reason);
        }
    }

    /** Interrupt a run, so that another can take its place; it will come back. */
    record Preempt(Address address, RequestKey key, int attempt, String reason) implements Command {

        @Override
        public Preempt at(Address other) {
            return new Preempt(other, key, attempt, reason);
        }
    }

    /** Report everything that you hold, in a heartbeat that names this command. */
    record Sync(Address address) implements Command {

        @Override
        public Sync at(Address other) {
            return new Sync(other);
        }
    }

    /** You have been declared dead: stop everything and register anew. */
    record Fence(Address address) implements Command {

        @Override
        public Fence at(Address other) {
            return new Fence(other);
        }
    }

    /** Take no more work, or take work again. */
    record DrainWorker(Address address, boolean draining) implements Command {

        @Override
        public DrainWorker at(Address other) {
            return new DrainWorker(other, draining);
        }
    }

    /**
     * Nobody is there to drain, or to take work again: the instance is dead or was never heard of.
     * To be counted, since whoever gave the order waits for its effect.
     */
    record NobodyToDrain(String instanceId, boolean draining) implements LaneEffect {}

    /**
     * The lane lets go of a request. {@code request} is null for a run that the lane only knows
     * from its worker.
     */
    record Released(Release release, @Nullable PendingRequest request) implements LaneEffect {

        /**
         * Output tokens that were made for the request and are of no use any more, as far as its
         * worker has said. What was interrupted may be taken up again.
         */
        public int lostTokens() {
            return request == null || release.reason() == ReleaseReason.PREEMPTED
                    ? 0
                    : request.progress().generatedTokens();
        }
    }

    /** A run that the lane did not know turned out to be held by the worker. */
    record Adopted(RequestKey key, int attempt, String instanceId, long epoch)
            implements LaneEffect {

        Adopted inEpoch(long newEpoch) {
            return new Adopted(key, attempt, instanceId, newEpoch);
        }
    }
}

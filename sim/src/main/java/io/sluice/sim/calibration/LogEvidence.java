package io.sluice.sim.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a log shows of the limits of its engine: requests that wait while others run wait for
 * something. A log without start times shows nothing.
 */
public final class LogEvidence {
    /** Who waits no longer than this waited for the steps of others, not for a place. */
    private static final long STEPS_NANOS = 500_000_000L;

    /** Batches that differ by less are full alike: slots stay empty for a step. */
    private static final double ALIKE = 0.03;

    /** Moments at which the batch is looked at. */
    private static final int MOMENTS = 2_000;

    private final MeasuredLog log;
    private final List<Queue> queues;

    /**
     * A moment at which somebody had waited for long.
     *
     * @param running requests in the batch
     * @param kvTokens prompts and outputs so far of these
     */
    private record Queue(int running, long kvTokens) {}

    /** Looks at a log. */
    public LogEvidence(MeasuredLog log) {
        this.log = log;
        this.queues = queues(log);
    }

    /** The largest batch beside which others waited for long; empty if nobody did. */
    public OptionalInt fullBatch() {
        return queues.stream().mapToInt(Queue::running).max();
    }

    /**
     * KV memory in tokens, if that is what requests waited for: the most that was in use while
     * batches of different sizes had a queue. Prefixes that requests share are counted for each.
     *
     * @param maxSequences slots of the engine, all replicas together
     */
    public OptionalLong kvTokens(int maxSequences) {
        List<Queue> tight =
                queues.stream().filter(q -> q.running() < maxSequences * (1 - ALIKE) - 1).toList();
        if (tight.size() < queues.size() / 2.0 || tight.isEmpty()) {
            return OptionalLong.empty();
        }
        long[] sorted = tight.stream().mapToLong(Queue::kvTokens).sorted().toArray();
        return OptionalLong.of(sorted[(int) (sorted.length * 0.9)]);
    }

    /**
     * By request, whether a place was free when it came: there were fewer in the engine than it has
     * slots, and it did not wait for memory.
     */
    boolean[] foundPlace(MeasuredEngine engine) {
        long slots = (long) engine.profile().limits().maxSequences() * engine.replicas();
        List<MeasuredRequest> requests = log.requests();
        long[] ends =
                requests.stream()
                        .mapToLong(r -> r.lastTokenNanos().orElse(Long.MAX_VALUE))
                        .sorted()
                        .toArray();
        boolean[] found = new boolean[requests.size()];
        for (int i = 0; i < found.length; i++) {
            MeasuredRequest request = requests.get(i);
            int ended = countUpTo(ends, request.arrivalNanos());
            long wait =
                    request.scheduledNanos().orElse(request.arrivalNanos())
                            - request.arrivalNanos();
            found[i] = i - ended < slots && wait <= STEPS_NANOS;
        }
        return found;
    }

    private static int countUpTo(long[] sorted, long value) {
        int index = Arrays.binarySearch(sorted, value);
        return index < 0 ? -index - 1 : index + 1;
    }

    private static List<Queue> queues(MeasuredLog log) {
        List<Queue> queues = new ArrayList<>();
        long end = log.endNanos();
        for (int i = 1; i < MOMENTS; i++) {
            long nanos = end / MOMENTS * i;
            if (somebodyWaits(log, nanos)) {
                queues.add(at(log, nanos));
            }
        }
        return queues;
    }

    private static boolean somebodyWaits(MeasuredLog log, long nanos) {
        return log.requests().stream()
                .anyMatch(
                        r ->
                                r.arrivalNanos() + STEPS_NANOS < nanos
                                        && r.scheduledNanos().isPresent()
                                        && r.scheduledNanos().getAsLong() > nanos);
    }

    private static Queue at(MeasuredLog log, long nanos) {
        double tpot = log.medianTpotSeconds().orElse(Double.POSITIVE_INFINITY) * 1e9;
        int running = 0;
        long tokens = 0;
        for (MeasuredRequest request : log.requests()) {
            if (request.scheduledNanos().orElse(Long.MAX_VALUE) <= nanos
                    && request.lastTokenNanos().orElse(Long.MAX_VALUE) > nanos) {
                running++;
                tokens += request.request().promptTokens() + outputAt(request, nanos, tpot);
            }
        }
        return new Queue(running, tokens);
    }

    /** Output so far; of a request that has not ended, as fast as most. */
    private static long outputAt(MeasuredRequest request, long nanos, double tpotNanos) {
        long first = request.firstTokenNanos().orElse(nanos);
        int produced = request.request().producedTokens();
        if (nanos <= first) {
            return 0;
        }
        double whole =
                request.lastTokenNanos().isPresent()
                        ? request.lastTokenNanos().getAsLong() - first
                        : tpotNanos * produced;
        return (long) Math.min(produced, produced * (nanos - first) / Math.max(1, whole));
    }
}

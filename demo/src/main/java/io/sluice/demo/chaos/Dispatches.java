package io.sluice.demo.chaos;

import io.sluice.schemas.avro.DispatchCommand;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** What was dispatched, and for whom that was awaited. Safe for use by several threads. */
final class Dispatches {

    private final Map<String, Long> incarnations = new HashMap<>();
    private final Set<String> again = new HashSet<>();
    private final List<Long> waits = new ArrayList<>();
    private final List<Awaited> awaited = new ArrayList<>();
    private long epoch;

    /** The first dispatch of some kind. */
    private record Awaited(Predicate<DispatchCommand> kind, Stopwatch stopwatch) {}

    /** A command to run a request was read. */
    synchronized void add(DispatchCommand command) {
        awaited.removeIf(
                one -> {
                    boolean isIt = one.kind().test(command);
                    if (isIt) {
                        one.stopwatch().stop();
                    }
                    return isIt;
                });
        epoch = Math.max(epoch, command.getEpoch());
        Long incarnation = command.getIncarnation();
        if (incarnation != null) {
            incarnations.merge(command.getInstanceId(), incarnation, Math::max);
        }
        if (command.getAttempt() > 1) {
            again.add(command.getRequestId() + "/" + command.getAttempt());
        }
        Long wait = command.getQueueWaitMs();
        if (wait != null) {
            waits.add(wait);
        }
    }

    /** Times from now to the first dispatch of a later attempt of the job. */
    synchronized Stopwatch untilNextEpoch() {
        long before = epoch;
        return until(command -> command.getEpoch() > before);
    }

    /**
     * Times from now to the first dispatch to a later incarnation of an instance's worker than any
     * that was sent something before it was brought back.
     */
    synchronized Stopwatch untilNextIncarnation(String instance, Stopwatch.Healing healing) {
        AtomicLong before = new AtomicLong(incarnations.getOrDefault(instance, 0L));
        return until(
                command -> {
                    Long incarnation = command.getIncarnation();
                    if (incarnation == null || !command.getInstanceId().equals(instance)) {
                        return false;
                    }
                    if (!healing.isDone()) {
                        before.accumulateAndGet(incarnation, Math::max);
                    }
                    return incarnation > before.get();
                });
    }

    /** Times from now to the first dispatch that is read once something has been healed. */
    synchronized Stopwatch untilAfter(Stopwatch.Healing healing) {
        return until(command -> healing.isDone());
    }

    private Stopwatch until(Predicate<DispatchCommand> kind) {
        Stopwatch stopwatch = Stopwatch.start();
        awaited.add(new Awaited(kind, stopwatch));
        return stopwatch;
    }

    /** Nothing is awaited any longer: what has not come disturbed nothing. */
    synchronized void awaitNoMore() {
        awaited.clear();
    }

    /** Attempts above the first, each counted once. */
    synchronized long again() {
        return again.size();
    }

    /** Milliseconds from submission to dispatch of everything since the last call. */
    synchronized List<Long> takeWaits() {
        List<Long> taken = List.copyOf(waits);
        waits.clear();
        return taken;
    }
}

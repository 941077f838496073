package io.sluice.sim.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;

/**
 * Who runs, in the order of admission, and who waits, first come first served. Owned by the engine,
 * changed by the composer.
 */
final class BatchState {
    final ArrayList<Sequence> running = new ArrayList<>();
    final ArrayDeque<Sequence> waiting = new ArrayDeque<>();

    /**
     * Grows with every change of {@link #running}: two plans of the same version hold the same
     * requests.
     */
    int version;

    /**
     * Whether the last composition left the head of the queue waiting for a reason that only the
     * end of a running request can remove.
     */
    boolean headBlocked;

    /** Whether a running request has ended or was cancelled since the last look. */
    boolean someGone;

    /** Time that the next step waits for keys and values on their way to the host or back. */
    long transferPicos;

    boolean idle() {
        return running.isEmpty() && waiting.isEmpty();
    }

    void enqueue(Sequence sequence) {
        waiting.addLast(sequence);
    }

    /** Moves the head of the queue into the running batch. */
    void admitHead() {
        Sequence head = waiting.removeFirst();
        running.add(head);
        someGone |= head.gone();
        version++;
    }

    /** Moves a running request back to the head of the queue. */
    void preempt(Sequence sequence) {
        leave(sequence);
        waiting.addFirst(sequence);
    }

    /** Takes a running request out of the batch. */
    void leave(Sequence sequence) {
        running.remove(sequence);
        version++;
    }

    /** The running request admitted last among those that still need a batch. At least one does. */
    Sequence youngestWithWork() {
        for (int i = running.size() - 1; i >= 0; i--) {
            if (running.get(i).hasWork()) {
                return running.get(i);
            }
        }
        throw new IllegalStateException(
                "batch: KV memory is short but no running request needs any");
    }

    /** Takes a cancelled request out of the queue. Returns whether it was there. */
    boolean dropWaiting(Sequence sequence) {
        headBlocked = false;
        return waiting.remove(sequence);
    }

    /**
     * Takes finished and cancelled requests out of the batch and gives their memory back. Returns
     * whether there were any.
     */
    boolean dropGone(KvMemory memory) {
        if (!someGone) {
            return false;
        }
        someGone = false;
        boolean changed =
                running.removeIf(
                        sequence -> {
                            if (sequence.gone()) {
                                memory.release(sequence);
                                return true;
                            }
                            return false;
                        });
        if (changed) {
            version++;
        }
        return changed;
    }
}

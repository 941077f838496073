package io.sluice.sim.protocol;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * A subtask with inputs. A barrier on one input blocks that input until the barrier has come on all
 * the others: only then is the state what the checkpoint is about.
 */
abstract class Task {

    /** Number of all inputs that no barrier travels on. */
    static final int BESIDES = -1;

    private record Arrival(int channel, Message message) {}

    private final Attempt attempt;
    private final String name;
    private final List<Boolean> blocked = new ArrayList<>();
    private final ArrayDeque<Arrival> waiting = new ArrayDeque<>();
    private int blockedCount;

    Task(Attempt attempt, String name) {
        this.attempt = attempt;
        this.name = name;
    }

    /** Adds an input; returns its number. */
    int connect() {
        blocked.add(false);
        return blocked.size() - 1;
    }

    final Attempt attempt() {
        return attempt;
    }

    final World world() {
        return attempt.world();
    }

    final String name() {
        return name;
    }

    /** Does the work of one message. */
    abstract void process(Message message);

    /** A copy of the state. */
    abstract Object snapshot();

    /** Passes a barrier on. */
    abstract void forward(Message.Barrier barrier);

    final void arrive(int channel, Message message) {
        if (!attempt.isRunning()) {
            return;
        }
        if (channel == BESIDES) {
            process(message);
        } else if (blocked.get(channel)) {
            waiting.add(new Arrival(channel, message));
        } else if (message instanceof Message.Barrier barrier) {
            align(channel, barrier);
        } else {
            process(message);
        }
    }

    private void align(int channel, Message.Barrier barrier) {
        blocked.set(channel, true);
        blockedCount++;
        if (blockedCount < blocked.size()) {
            return;
        }
        Object state = snapshot();
        forward(barrier);
        blockedCount = 0;
        blocked.replaceAll(before -> false);
        attempt.checkpoints().acknowledge(barrier.checkpoint(), name, state);
        List<Arrival> held = new ArrayList<>(waiting);
        waiting.clear();
        held.forEach(arrival -> arrive(arrival.channel(), arrival.message()));
    }
}

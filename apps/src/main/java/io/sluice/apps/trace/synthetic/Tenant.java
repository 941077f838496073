package io.sluice.apps.trace.synthetic;

import io.sluice.sim.random.Draws;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * One tenant: what it does, what its prompts have in common, and its sessions between two turns.
 */
final class Tenant {

    /**
     * Prompt starts (system prompts, files, documents) that a tenant's sessions share, by
     * popularity.
     */
    private static final int SHARED_STARTS = 12;

    /** Sessions that may be waiting for their next turn; the oldest is given up beyond. */
    private static final int OPEN_SESSIONS = 500;

    private static final long OWN_START = -3;

    private final String name;
    private final Workload workload;
    private final long number;
    private final int[] sharedTokens = new int[SHARED_STARTS];
    private final double[] popularity = new double[SHARED_STARTS];
    private final PriorityQueue<Session> resting =
            new PriorityQueue<>(
                    Comparator.comparingDouble(Session::readySeconds)
                            .thenComparing(Session::number));

    Tenant(int number, Workload workload, Draws draws) {
        this.number = number;
        this.name = "tenant-%02d".formatted(number);
        this.workload = workload;
        for (int i = 0; i < SHARED_STARTS; i++) {
            sharedTokens[i] = workload.shape().shared().draw(draws);
            popularity[i] = 1.0 / (i + 1);
        }
    }

    String name() {
        return name;
    }

    Workload workload() {
        return workload;
    }

    /**
     * The session whose next turn is due, if the dice want one to go on; null for a new session.
     */
    @Nullable Session resume(double nowSeconds, Draws draws) {
        Session first = resting.peek();
        boolean goesOn = draws.uniform() < workload.habits().goesOn();
        if (!goesOn || first == null || first.readySeconds() > nowSeconds) {
            return null;
        }
        return resting.poll();
    }

    /** A new session, on one of the shared starts or on one of its own. */
    Session start(long sessionNumber, Draws draws) {
        int start = draws.weighted(popularity);
        long key = BlockIds.key(number, start);
        int tokens = sharedTokens[start];
        if (draws.uniform() >= workload.habits().shares()) {
            key = BlockIds.key(sessionNumber, OWN_START);
            tokens = workload.shape().shared().draw(draws);
        }
        return new Session(sessionNumber, key, tokens, workload.drawPriority(draws));
    }

    /** Keeps a session for a further turn. */
    void rest(Session session) {
        resting.add(session);
        if (resting.size() > OPEN_SESSIONS) {
            resting.poll();
        }
    }
}

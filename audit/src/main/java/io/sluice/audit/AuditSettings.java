package io.sluice.audit;

/**
 * What an audit takes for granted.
 *
 * @param allEnded whether everything is over: what has no outcome then is lost
 * @param leaseMillis silence after which a worker counts as dead
 * @param order whether lanes go by class and submission, so that their order can be told
 * @param knownAfterMillis how long after a later request was sent an earlier one is taken to be
 *     known to its lane
 * @param settledAfterMillis how long after the first dispatch of a restarted job its order is not
 *     judged: its subtasks end their hold one after the other, and a lane hears of the requests of
 *     one before those of another
 */
public record AuditSettings(
        boolean allEnded,
        long leaseMillis,
        boolean order,
        long knownAfterMillis,
        long settledAfterMillis) {

    /** A system that runs: lease of 5 s, order by class. */
    public static final AuditSettings RUNNING =
            new AuditSettings(false, 5_000, true, 1_000, 15_000);

    /** The same, once everything is over. */
    public AuditSettings over() {
        return new AuditSettings(true, leaseMillis, order, knownAfterMillis, settledAfterMillis);
    }
}

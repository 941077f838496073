package io.sluice.sim.protocol;

/**
 * What can befall a run, and what that can meet. Each is counted when it has happened, not when a
 * scenario asks for it.
 */
public enum Fault {
    /** The job crashed. */
    JOB_CRASH("crashes of the job"),
    /** The job crashed with no checkpoint to fall back to. */
    CRASH_BEFORE_FIRST_CHECKPOINT("  before its first checkpoint"),
    /** The job crashed with no checkpoint since the last crash, so one is restored again. */
    CRASH_AGAIN("  again, before a checkpoint of its own"),
    /** The job crashed while parts of a checkpoint were taken and others were not. */
    CRASH_IN_CHECKPOINT("  while a checkpoint was under way"),
    /** The job crashed after a checkpoint was complete, and before its outcomes were committed. */
    CRASH_BEFORE_COMMIT("  between a checkpoint and its commit"),
    /** The job crashed before its routers knew what ran. */
    CRASH_IN_HOLD("  before it had taken stock"),
    /** The job crashed while a release was written and not read. */
    CRASH_WITH_HANDBACK("  while a hand-back was in flight"),
    /** The job crashed after something had started that the checkpoint does not know of. */
    CRASH_WITH_UNKNOWN_RUN("  with runs that no checkpoint knows"),
    /** The job crashed while a worker was down or cut off. */
    CRASH_WITH_WORKER_AWAY("  while a worker was away"),
    /** The broker gave up a transaction before it was committed. */
    TRANSACTION_ABORTED("transactions aborted by the broker"),
    /** A task that was only stopped woke up after its job had crashed, and sent what it had. */
    LATE_FLUSH("stopped tasks that woke up and sent"),
    /** A worker's process died. */
    WORKER_DEATH("deaths of a worker"),
    /** A worker's process died while it ran something. */
    WORKER_DEATH_IN_RUN("  while it ran something"),
    /** A worker came back. */
    WORKER_RETURN("returns of a worker"),
    /** A worker lost its ledger with something in it. */
    LEDGER_LOST("ledgers lost"),
    /** A worker gave back what it ran, and ended. */
    WORKER_LEFT("workers that gave back and left"),
    /** A worker was cut off for less than its lease. */
    CUT_SHORT("cuts shorter than the lease"),
    /** A worker was cut off for longer than its lease. */
    CUT_LONG("cuts longer than the lease"),
    /** An instance was to take no more work. */
    DRAIN("drains"),
    /** An instance was to take work again. */
    UNDRAIN("undrains"),
    /** A release was written to the hand-backs. */
    HANDBACK("hand-backs"),
    /** A release of an earlier epoch went back to its lane. */
    HANDBACK_ROLLED_BACK("  of an earlier epoch, sent back to the lane"),
    /** A request was submitted again. */
    REPEATED_SUBMISSION("repeated submissions"),
    /** A request was to be cancelled. */
    CANCEL("cancels"),
    /** A request was to have another priority. */
    PRIORITY_CHANGE("changes of a priority"),
    /** Other policies were chosen. */
    POLICY_CHANGE("changes of policies"),
    /** A partition was not read for a time, while the others were. */
    STALL("partitions not read for a time"),
    /** A road between two subtasks takes up to 0.4 s, or longer. */
    SLOW_ROAD("slow roads between subtasks"),
    /** A reader may be behind by longer than a lease. */
    SLOW_READER("readers that lag by up to 7 s"),
    /** A writer wrote a record twice. */
    RECORD_TWICE("records written twice"),
    /** An engine interrupted a run. */
    INTERRUPTION("interrupted runs"),
    /** A run failed. */
    RUN_FAILED("failed runs");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    /** What it is, for people; those that are a part of another are indented. */
    public String words() {
        return words;
    }
}

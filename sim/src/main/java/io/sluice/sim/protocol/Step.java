package io.sluice.sim.protocol;

/** Something that befalls the system from outside, at a time after its start. */
sealed interface Step {

    /** When, in milliseconds after the start. */
    long atMillis();

    /** A request is submitted, perhaps not for the first time. */
    record Submit(long atMillis, Submission submission) implements Step {}

    /** A record for the control topic. */
    record Control(long atMillis, Message.Order order) implements Step {}

    /** The moment that a crash of the job waits for. */
    enum Moment {
        /** None. */
        ANY,
        /** A checkpoint is complete, and its outcomes are not committed yet. */
        COMMIT,
        /** A release has been written to the hand-backs. */
        HANDBACK
    }

    /**
     * The job crashes.
     *
     * @param moment what it waits for
     * @param eventsLater after how many more things that happen, whatever the time
     * @param downMillis how long until it starts again
     * @param losesCommit whether the broker gives up its open transactions meanwhile
     * @param flushAfterMillis when a stopped task sends what it still has; negative for never
     */
    record JobCrash(
            long atMillis,
            Moment moment,
            int eventsLater,
            long downMillis,
            boolean losesCommit,
            long flushAfterMillis)
            implements Step {

        /** One at a time that takes nothing else along. */
        static JobCrash at(long millis, long downMillis) {
            return new JobCrash(millis, Moment.ANY, 0, downMillis, false, -1);
        }
    }

    /**
     * A worker's process dies.
     *
     * @param downMillis when it comes back, negative for never
     * @param losesLedger whether its disk is lost as well
     */
    record WorkerCrash(long atMillis, int worker, long downMillis, boolean losesLedger)
            implements Step {}

    /**
     * A worker gives back what it runs and ends; it comes back after a time, negative for never.
     */
    record WorkerLeave(long atMillis, int worker, long downMillis) implements Step {}

    /** A worker and the broker do not hear each other for a time. */
    record WorkerCut(long atMillis, int worker, long forMillis) implements Step {}

    /** What is written to a partition is not read for a time, while the others are. */
    record Stall(long atMillis, Logs topic, int partition, long forMillis) implements Step {}
}

package io.sluice.demo.local;

import io.sluice.demo.process.AwaitException;
import io.sluice.demo.process.JavaCommand;
import io.sluice.demo.process.StandingProcess;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * One process of a cluster.
 *
 * @param name also of its log files
 * @param where what others use it by: an address, or what it offers
 * @param ports it needs free to start
 * @param grace how long it may take to end by itself
 * @param command what to start
 * @param readiness when it is ready
 */
record Member(
        String name,
        String where,
        List<OwnPort> ports,
        Duration grace,
        Supplier<JavaCommand> command,
        Readiness readiness) {

    /**
     * A port of localhost.
     *
     * @param owner what listens there: the process, or a part of it
     * @param number from 1
     * @param option by which the user chooses it; empty if the cluster does
     */
    record OwnPort(String owner, int number, String option) {

        /** What to do if somebody else has it. */
        String advice() {
            return option.isEmpty()
                    ? "stop what listens there"
                    : "stop what listens there, or choose another with %s (0: any that is free)"
                            .formatted(option);
        }
    }

    /** How to tell that a process that was started can be used. */
    @FunctionalInterface
    interface Readiness {

        /**
         * Waits until it can.
         *
         * @throws AwaitException if it ends instead, or takes too long
         */
        void await(StandingProcess process);
    }
}

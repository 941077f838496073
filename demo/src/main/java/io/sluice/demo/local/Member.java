package io.sluice.demo.local;

import io.sluice.demo.process.AwaitException;
import io.sluice.demo.process.JavaCommand;
import io.sluice.demo.process.StandingProcess;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * One process of a cluster.
 *
 * @param name also of its log files
 * @param where what others use it by: an address, or what it offers
 * @param port it needs free to start; 0 for none of its own
 * @param portOption the option that chooses the port
 * @param grace how long it may take to end by itself
 * @param command what to start
 * @param readiness when it is ready
 */
record Member(
        String name,
        String where,
        int port,
        String portOption,
        Duration grace,
        Supplier<JavaCommand> command,
        Readiness readiness) {

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

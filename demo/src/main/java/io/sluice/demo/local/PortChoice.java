package io.sluice.demo.local;

import io.sluice.demo.process.FreePorts;
import io.sluice.demo.process.LastingPorts;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.Random;

/** The ports of a cluster: as the user says, or as before; one left to chance is chosen once. */
final class PortChoice {

    private static final int CHANCE = 0;

    private final LastingPorts free = new LastingPorts(new Random());
    private final boolean runs;

    /**
     * Chooses nothing yet.
     *
     * @param runs whether some of the cluster runs, so that a port that is left to chance is found
     *     already
     */
    PortChoice(boolean runs) {
        this.runs = runs;
    }

    /**
     * A port that the user knows.
     *
     * @param given what the user says; 0 for any that is free
     * @throws IllegalArgumentException if it is none
     */
    int known(@Nullable Integer given, Optional<Integer> before, int otherwise) {
        boolean said = given != null && !(runs && given == CHANCE);
        int port = said ? given : before.orElse(otherwise);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not one: choose 0 to 65535");
        }
        return port == CHANCE ? free.pick() : port;
    }

    /** A port that nobody but the cluster knows, which may change while nothing of it runs. */
    int own(Optional<Integer> before) {
        return before.filter(port -> runs || FreePorts.isFree(port)).orElseGet(free::pick);
    }
}

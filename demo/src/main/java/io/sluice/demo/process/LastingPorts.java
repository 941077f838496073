package io.sluice.demo.process;

import java.util.Random;

/**
 * Free ports to keep: below those that operating systems give to whoever asks for any, so that
 * nobody is given one while its owner is down. All that one object gives are different. Not safe
 * for use by several threads.
 */
public final class LastingPorts {

    private static final int FIRST = 20_000;

    /** Linux gives out ports from 32768, others from 49152. */
    private static final int END = 32_768;

    private int next;

    /**
     * Begins somewhere.
     *
     * @param random where, so that two who begin at once do not choose the same
     */
    public LastingPorts(Random random) {
        next = FIRST + random.nextInt(END - FIRST);
    }

    /**
     * The next port on localhost that is free now. Nothing reserves it.
     *
     * @throws IllegalStateException if there is none
     */
    public int pick() {
        for (int tried = FIRST; tried < END; tried++) {
            int port = next;
            next = port + 1 < END ? port + 1 : FIRST;
            if (FreePorts.isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "no port of localhost is free from %d to %d".formatted(FIRST, END - 1));
    }
}

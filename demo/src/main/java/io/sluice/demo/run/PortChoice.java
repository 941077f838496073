package io.sluice.demo.run;

import io.sluice.demo.process.FreePorts;

/** Which port to listen on. */
final class PortChoice {

    private PortChoice() {}

    /**
     * The port a user named, else the usual one if nothing listens there, else any.
     *
     * @param named what the user asked for; negative for nothing
     * @param usual where people look first
     * @return a port, or 0 for any
     */
    static int of(int named, int usual) {
        if (named >= 0) {
            return named;
        }
        return FreePorts.isFree(usual) ? usual : 0;
    }
}

package io.sluice.demo.chaos;

import io.sluice.apps.SluiceApps;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;

/**
 * A command of {@code sluice} in a network of its own, which reaches brokers that call themselves
 * localhost over a line that can be cut.
 */
public final class RelayedCommand {

    private RelayedCommand() {}

    /**
     * Runs the command, and ends the process.
     *
     * @param arguments the other end of the line; the ports of the brokers, with commas between;
     *     the command and its options
     * @throws IOException if it cannot listen on one of the ports
     */
    public static void main(String[] arguments) throws IOException {
        for (String port : arguments[1].split(",")) {
            int number = Integer.parseInt(port);
            Relay.start(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), number),
                    new InetSocketAddress(arguments[0], number));
        }
        SluiceApps.main(Arrays.copyOfRange(arguments, 2, arguments.length));
    }
}

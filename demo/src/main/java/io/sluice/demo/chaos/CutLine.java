package io.sluice.demo.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A network namespace with a line to this machine's brokers that can be cut: packets are lost then,
 * and nobody is told.
 */
final class CutLine implements AutoCloseable {

    /** Bits of the process id that tell two runs at once apart, in names and addresses. */
    private static final long MASK = 0x3f;

    private final String namespace;
    private final String device;
    private final String here;
    private final List<Integer> ports;
    private final List<Relay> relays = new ArrayList<>();

    private CutLine(long number, List<Integer> ports) {
        this.namespace = "sluice-chaos-" + number;
        this.device = "sluice" + number;
        this.here = "10.213.%d.".formatted(number & MASK);
        this.ports = ports;
    }

    /** Why there cannot be one on this machine, in a line; empty if there can. */
    static String obstacle() {
        String name = "sluice-chaos-trial-" + ProcessHandle.current().pid();
        String failed = SystemCommand.trial("ip", "netns", "add", name);
        if (!failed.isEmpty()) {
            return failed;
        }
        String ran = SystemCommand.trial("ip", "netns", "exec", name, "true");
        SystemCommand.run("ip", "netns", "delete", name);
        return ran;
    }

    /**
     * Lays the line.
     *
     * @param brokers that listen on localhost
     */
    static CutLine to(String brokers) {
        List<Integer> ports =
                Arrays.stream(brokers.split(","))
                        .map(one -> Integer.valueOf(one.substring(one.lastIndexOf(':') + 1)))
                        .toList();
        CutLine line = new CutLine(ProcessHandle.current().pid(), ports);
        line.lay();
        return line;
    }

    private void lay() {
        String there = device + "t";
        SystemCommand.run("ip", "netns", "add", namespace);
        SystemCommand.run(
                "ip", "link", "add", device, "type", "veth", "peer", "name", there, "netns",
                namespace);
        SystemCommand.run("ip", "address", "add", here + "1/24", "dev", device);
        SystemCommand.run("ip", "link", "set", device, "up");
        SystemCommand.run("ip", "-n", namespace, "address", "add", here + "2/24", "dev", there);
        SystemCommand.run("ip", "-n", namespace, "link", "set", there, "up");
        SystemCommand.run("ip", "-n", namespace, "link", "set", "lo", "up");
        try {
            for (int port : ports) {
                relays.add(
                        Relay.start(
                                new InetSocketAddress(here + "1", port),
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
            }
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot listen on " + here + "1", exception);
        }
    }

    /** What starts a process at the other end. */
    List<String> launcher() {
        return List.of("ip", "netns", "exec", namespace);
    }

    /** What {@link RelayedCommand} is told first. */
    List<String> arguments() {
        return List.of(
                here + "1", ports.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }

    /** Loses every packet from now on. */
    void cut() {
        SystemCommand.run("ip", "link", "set", device, "down");
    }

    /** Lets packets through again. */
    void mend() {
        SystemCommand.run("ip", "link", "set", device, "up");
    }

    @Override
    public void close() {
        for (Relay relay : relays) {
            try {
                relay.close();
            } catch (IOException exception) {
                throw new UncheckedIOException("cannot stop to listen", exception);
            }
        }
        // The line goes with the namespace, once nobody is in there any more.
        SystemCommand.run("ip", "link", "delete", device);
        SystemCommand.run("ip", "netns", "delete", namespace);
    }
}

package io.sluice.demo.local;

import io.sluice.apps.cli.CommandException;
import io.sluice.demo.cluster.ClusterStartException;
import io.sluice.demo.process.FreePorts;
import io.sluice.demo.process.PidFolder;
import io.sluice.demo.process.StandingProcess;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Starts and stops the processes of a cluster. Not safe for use by several at once; they lock. */
final class LocalCluster {

    private final ClusterFolder folder;
    private final LocalSettings settings;
    private final Members members;
    private final PidFolder processes;
    private final Consumer<String> console;

    /**
     * Does nothing yet.
     *
     * @param console told, in one line each, of what was started and stopped
     */
    LocalCluster(ClusterFolder folder, LocalSettings settings, Consumer<String> console) {
        this.folder = folder;
        this.settings = settings;
        this.members = new Members(folder, settings);
        this.processes = folder.processes();
        this.console = console;
    }

    /** What its processes are. */
    Members members() {
        return members;
    }

    /** Whether one of its processes runs. */
    boolean someRun() {
        return members.all().stream().anyMatch(member -> running(member).isPresent());
    }

    /**
     * Starts what does not run, and returns when all of that is ready.
     *
     * @throws CommandException if everything runs, or a port is taken; then nothing was started
     * @throws ClusterStartException if a process ends or does not become ready; what this call
     *     started is stopped again, and the folder says what the cluster was before
     */
    void start() {
        List<Member> missing =
                members.all().stream().filter(member -> running(member).isEmpty()).toList();
        if (missing.isEmpty()) {
            throw new CommandException(
                    "the cluster in %s runs already, with its page on %s; 'sluice cluster status' shows it, 'sluice cluster stop' ends it"
                            .formatted(folder.path(), members.webUrl()));
        }
        missing.forEach(LocalCluster::requirePorts);
        Optional<LocalSettings> before = folder.settings();
        List<Member> started = new ArrayList<>();
        try {
            folder.write(settings);
            members.writeFiles();
            startAll(members.services(), missing, started);
            startAll(members.flink(), missing, started);
        } catch (IOException | RuntimeException exception) {
            // Flink too refuses: options that make no sense, when it is asked for its arguments.
            stop(started);
            folder.restore(before);
            throw new ClusterStartException(
                    "cannot start a cluster in %s: %s"
                            .formatted(folder.path(), exception.getMessage()),
                    exception);
        }
    }

    private static void requirePorts(Member member) {
        for (Member.OwnPort port : member.ports()) {
            if (!FreePorts.isFree(port.number())) {
                throw new CommandException(
                        "cannot start the %s on localhost:%d: the port is in use; %s"
                                .formatted(port.owner(), port.number(), port.advice()));
            }
        }
    }

    private void startAll(List<Member> stage, List<Member> missing, List<Member> started) {
        Map<Member, StandingProcess> starting = new LinkedHashMap<>();
        for (Member member : stage) {
            if (missing.contains(member)) {
                starting.put(member, processes.start(member.command().get()));
                started.add(member);
            }
        }
        starting.forEach(
                (member, process) -> {
                    member.readiness().await(process);
                    console.accept(
                            "%-14s  pid %d, %s"
                                    .formatted(member.name(), process.pid(), member.where()));
                });
    }

    /**
     * Ends what runs: job managers, which leave their jobs as they are for the next one, then task
     * managers, then what they rely on. What does not end by itself is killed.
     */
    void stop() {
        stop(members.all());
    }

    private void stop(List<Member> which) {
        end(members.jobManagers(), which);
        end(members.taskManagers(), which);
        end(members.services(), which);
    }

    private void end(List<Member> stage, List<Member> which) {
        Map<Member, StandingProcess> ending = new LinkedHashMap<>();
        List<Member> together = stage.stream().filter(which::contains).toList();
        together.forEach(
                member -> running(member).ifPresent(process -> ending.put(member, process)));
        ending.values().forEach(StandingProcess::askToEnd);
        ending.forEach(this::awaitEnd);
        together.forEach(member -> processes.forget(member.name()));
    }

    private void awaitEnd(Member member, StandingProcess process) {
        Duration grace = member.grace();
        boolean byItself = process.awaitEnd(grace);
        console.accept(
                "%-14s  pid %d, %s"
                        .formatted(
                                member.name(),
                                process.pid(),
                                byItself
                                        ? "stopped"
                                        : "killed: it had not ended after "
                                                + grace.toSeconds()
                                                + " s"));
    }

    private Optional<StandingProcess> running(Member member) {
        return processes.running(member.name());
    }
}

package io.sluice.demo.local;

import io.sluice.apps.cli.TextTable;
import io.sluice.demo.broker.BrokerSettings;
import io.sluice.demo.broker.PartitionCopies;
import io.sluice.demo.cluster.FlinkRest;
import io.sluice.demo.cluster.FlinkRestException;
import io.sluice.demo.cluster.JobSummary;
import io.sluice.demo.process.PidFolder;
import io.sluice.demo.process.StandingProcess;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** How a cluster is, as the processes and Flink's REST interface tell. */
final class ClusterStatus {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Members members;
    private final PidFolder processes;
    private final ZoneId zone;

    /**
     * Asks nobody yet.
     *
     * @param zone in which times are shown
     */
    ClusterStatus(Members members, PidFolder processes, ZoneId zone) {
        this.members = members;
        this.processes = processes;
        this.zone = zone;
    }

    /**
     * What there is to tell.
     *
     * @param text for a terminal
     * @param allUp whether every process runs, all task managers are registered, and of several
     *     brokers each has all it should have
     */
    record Answer(String text, boolean allUp) {}

    /** Asks all. */
    Answer ask() {
        TextTable table = new TextTable(5, List.of("process", "pid", "state", "since", "where"));
        boolean allRun = true;
        for (Member member : members.all()) {
            Optional<StandingProcess> process = processes.running(member.name());
            allRun &= process.isPresent();
            table.add(row(member, process));
        }
        Answer kafka = askKafka();
        if (members.flink().stream().noneMatch(m -> runs(m.name()))) {
            return new Answer(table.aligned() + kafka.text(), false);
        }
        Answer flink = askFlink();
        return new Answer(
                table.aligned() + kafka.text() + System.lineSeparator() + flink.text(),
                allRun && kafka.allUp() && flink.allUp());
    }

    private boolean runs(String name) {
        return processes.running(name).isPresent();
    }

    /** Whether another one of several brokers may be lost; of a single one nothing is told. */
    private Answer askKafka() {
        List<BrokerSettings> brokers = members.brokers();
        if (brokers.size() < 2 || brokers.stream().noneMatch(b -> runs(b.name()))) {
            return new Answer("", true);
        }
        try {
            PartitionCopies copies = PartitionCopies.of(BrokerSettings.bootstrapServers(brokers));
            return new Answer(line("Kafka: " + copies.summary()), copies.behind() == 0);
        } catch (ExecutionException silent) {
            return new Answer(
                    line("Kafka does not answer: " + silent.getCause().getMessage()), false);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Answer(line("Kafka was not asked: interrupted"), false);
        }
    }

    private static String line(String text) {
        return "%n%s%n".formatted(text);
    }

    private List<String> row(Member member, Optional<StandingProcess> process) {
        String pid = processes.pid(member.name()).map(String::valueOf).orElse("");
        if (process.isPresent()) {
            return List.of(member.name(), pid, "up", time(process.get().since()), member.where());
        }
        return List.of(member.name(), pid, pid.isEmpty() ? "stopped" : "dead", "", member.where());
    }

    private Answer askFlink() {
        try {
            FlinkRest rest = members.rest();
            JsonNode overview = rest.get("/overview");
            int registered = overview.path("taskmanagers").asInt();
            int wanted = members.taskManagers().size();
            String text =
                    "Flink %s: %d of %d task managers, %d of %d slots free%n"
                            .formatted(
                                    overview.path("flink-version").asText(),
                                    registered,
                                    wanted,
                                    overview.path("slots-available").asInt(),
                                    overview.path("slots-total").asInt());
            return new Answer(text + jobs(rest.jobs()), registered >= wanted);
        } catch (FlinkRestException silent) {
            return new Answer("Flink does not answer: %s%n".formatted(silent.getMessage()), false);
        }
    }

    private String jobs(List<JobSummary> jobs) {
        if (jobs.isEmpty()) {
            return "no jobs" + System.lineSeparator();
        }
        TextTable table = new TextTable(4, List.of("job", "name", "state", "since", "tasks"));
        for (JobSummary job : jobs) {
            table.add(
                    List.of(
                            job.id(),
                            job.name(),
                            job.state(),
                            time(job.since()),
                            job.runningTasks() + "/" + job.tasks()));
        }
        return System.lineSeparator() + table.aligned();
    }

    private String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }
}

package io.sluice.audit;

import io.sluice.audit.Finding.Promise;

import org.apache.avro.generic.GenericRecord;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the workers say that they ran. A run that is not the one its request's outcome names was
 * made for nothing, which happens where a worker dies; it is counted, by how it ended.
 */
final class RunAccount implements Check {

    /**
     * One run.
     *
     * @param request whose
     * @param attempt attempt of it
     * @param instance where
     */
    private record Run(RequestId request, long attempt, String instance) {}

    /** What is known of a run. */
    private static final class Course {
        private boolean started;
        private boolean completed;
        private boolean completedWithinLease;
        private String end = "unreported";
    }

    private final long leaseMillis;
    private final Map<Integer, Leases> leases = new HashMap<>();
    private final Set<String> heard = new HashSet<>();
    private final Map<Run, Course> runs = new LinkedHashMap<>();
    private final Map<RequestId, GenericRecord> outcomes = new LinkedHashMap<>();
    private final Map<Run, Long> commands = new HashMap<>();

    /**
     * Nothing has been read.
     *
     * @param leaseMillis silence after which a worker counts as dead
     */
    RunAccount(long leaseMillis) {
        this.leaseMillis = leaseMillis;
    }

    @Override
    public void read(LogEntry entry) {
        GenericRecord value = entry.value();
        if (entry.topic().equals("worker-events")) {
            Leases partition =
                    leases.computeIfAbsent(entry.partition(), none -> new Leases(leaseMillis));
            partition.read(entry);
            if (value != null) {
                event(value, partition);
            }
        } else if (entry.topic().equals("outcomes") && value != null) {
            outcomes.put(RequestId.of(value), value);
        } else if (entry.topic().equals("dispatch") && value != null) {
            command(value);
        }
    }

    private void command(GenericRecord command) {
        if (Fields.text(command, "type").equals("DISPATCH")) {
            commands.merge(run(command), 1L, Long::sum);
        }
    }

    private void event(GenericRecord event, Leases partition) {
        String number =
                "%s/%d/%d"
                        .formatted(
                                Fields.text(event, "instance_id"),
                                Fields.number(event, "incarnation"),
                                Fields.number(event, "seq"));
        String type = Fields.text(event, "type");
        switch (type) {
            case "ACCEPTED", "COMPLETED", "FAILED", "CANCELLED", "PREEMPTED", "GIVEN_BACK" -> {
                // A producer that tries again may write a record twice.
                if (heard.add(number)) {
                    happened(type, event, partition);
                }
            }
            default -> {
                // Of no run, or neither its beginning nor its end.
            }
        }
    }

    private void happened(String type, GenericRecord event, Leases partition) {
        Course course = runs.computeIfAbsent(run(event), none -> new Course());
        switch (type) {
            case "ACCEPTED" -> course.started = true;
            case "COMPLETED" -> {
                course.completed = true;
                course.completedWithinLease |= partition.isValid(event);
                course.end = "completed";
            }
            default -> course.end = type.toLowerCase(Locale.ROOT);
        }
    }

    private static Run run(GenericRecord record) {
        return new Run(
                RequestId.of(record),
                Fields.number(record, "attempt"),
                Fields.text(record, "instance_id"));
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        Map<RequestId, List<Run>> completions = new LinkedHashMap<>();
        runs.forEach(
                (run, course) -> {
                    if (course.completedWithinLease) {
                        completions
                                .computeIfAbsent(run.request(), none -> new ArrayList<>())
                                .add(run);
                    }
                });
        completions.forEach(
                (request, all) -> {
                    if (all.size() > 1) {
                        findings.add(
                                new Finding(
                                        Promise.ONE_COMPLETION,
                                        "%s was completed by workers that lived: %s"
                                                .formatted(request, words(all))));
                    }
                });
        outcomes.values().forEach(outcome -> judge(outcome, findings));
        return findings;
    }

    private static List<String> words(List<Run> all) {
        return all.stream()
                .map(run -> "attempt %d on %s".formatted(run.attempt(), run.instance()))
                .toList();
    }

    private void judge(GenericRecord outcome, List<Finding> findings) {
        Course course = runs.get(run(outcome));
        boolean completed = Fields.text(outcome, "outcome").equals("Completed");
        if (completed && (course == null || !course.completed)) {
            findings.add(
                    new Finding(
                            Promise.OUTCOME_NAMES_ITS_RUN,
                            "%s is said to have completed in attempt %d on %s, of which no worker says so"
                                    .formatted(
                                            RequestId.of(outcome),
                                            Fields.number(outcome, "attempt"),
                                            Fields.text(outcome, "instance_id"))));
        }
    }

    /** Figures of the account. */
    RunFigures figures() {
        long started = 0;
        Map<String, Long> wasted = new TreeMap<>();
        for (Map.Entry<Run, Course> each : runs.entrySet()) {
            Course course = each.getValue();
            if (course.started || course.completed) {
                started++;
                GenericRecord outcome = outcomes.get(each.getKey().request());
                if (!isTheOneThatCounts(each.getKey(), outcome)) {
                    String ended = outcome == null ? "open" : Fields.text(outcome, "outcome");
                    wasted.merge(course.end + "/" + ended, 1L, Long::sum);
                }
            }
        }
        long completed = runs.values().stream().filter(course -> course.completed).count();
        long repeats = commands.values().stream().mapToLong(count -> count - 1).sum();
        return new RunFigures(started, completed, wasted, commands.size(), repeats);
    }

    private static boolean isTheOneThatCounts(Run run, @Nullable GenericRecord outcome) {
        return outcome != null
                && Fields.text(outcome, "outcome").equals("Completed")
                && run(outcome).equals(run);
    }
}

package io.sluice.audit;

import io.sluice.audit.Finding.Promise;

import org.apache.avro.generic.GenericRecord;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * That nothing is started where nothing may start. A worker's own log tells the order of its drain
 * and its starts. A lane and its commands go by one clock: what it sends was decided before it let
 * go of its queue because of the drain, or after the worker took work again.
 */
final class DrainCheck implements Check {

    /** The log has the broker's time, a lane's decisions that of the job. */
    private static final long CLOCKS_DIFFER_MILLIS = 1_000;

    private final Map<String, Boolean> draining = new HashMap<>();
    private final Map<String, List<Long>> tookWorkAgain = new HashMap<>();
    private final Map<LaneEpoch, List<Long>> released = new HashMap<>();
    private final Map<LaneEpoch, List<GenericRecord>> sent = new HashMap<>();
    private final List<Finding> starts = new ArrayList<>();

    @Override
    public void read(LogEntry entry) {
        GenericRecord value = entry.value();
        if (value == null) {
            return;
        }
        switch (entry.topic()) {
            case "worker-events" -> event(entry, value);
            case "handbacks" -> release(value);
            case "dispatch" -> command(value);
            default -> {
                // Of no drain.
            }
        }
    }

    private void event(LogEntry entry, GenericRecord event) {
        String instance = Fields.text(event, "instance_id");
        switch (Fields.text(event, "type")) {
            case "REGISTERED", "HEARTBEAT", "DRAINING" ->
                    says(instance, Fields.is(event, "draining"), entry.timeMillis());
            case "ACCEPTED" -> {
                if (draining.getOrDefault(instance, false)) {
                    starts.add(
                            new Finding(
                                    Promise.NO_START_WHILE_DRAINING,
                                    "%s accepted %s at %s while it drained"
                                            .formatted(
                                                    instance, RequestId.of(event), entry.place())));
                }
            }
            default -> {
                // Neither.
            }
        }
    }

    private void says(String instance, boolean drains, long millis) {
        boolean before = Boolean.TRUE.equals(draining.put(instance, drains));
        if (before && !drains) {
            tookWorkAgain.computeIfAbsent(instance, none -> new ArrayList<>()).add(millis);
        }
    }

    private void release(GenericRecord release) {
        if (Fields.text(release, "reason").equals("DRAINING")) {
            released.computeIfAbsent(LaneEpoch.of(release), none -> new ArrayList<>())
                    .add(Fields.number(release, "released_at"));
        }
    }

    private void command(GenericRecord command) {
        if (Fields.text(command, "type").equals("DISPATCH")) {
            sent.computeIfAbsent(LaneEpoch.of(command), none -> new ArrayList<>()).add(command);
        }
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(starts);
        released.forEach(
                (lane, times) -> {
                    for (GenericRecord command : sent.getOrDefault(lane, List.of())) {
                        judge(lane, times, command, findings);
                    }
                });
        return findings;
    }

    private void judge(
            LaneEpoch lane, List<Long> released, GenericRecord command, List<Finding> findings) {
        long decided = Fields.number(command, "decided_at");
        long last =
                released.stream()
                        .filter(time -> time < decided)
                        .max(Comparator.naturalOrder())
                        .orElse(Long.MAX_VALUE);
        if (last < decided && !tookWorkAgain(lane.instance(), last, decided)) {
            findings.add(
                    new Finding(
                            Promise.NO_DISPATCH_AFTER_DRAIN,
                            "%s was sent to %s %d ms after its lane had let go of its queue"
                                    .formatted(
                                            RequestId.of(command),
                                            lane.instance(),
                                            decided - last)));
        }
    }

    private boolean tookWorkAgain(String instance, long afterMillis, long untilMillis) {
        return tookWorkAgain.getOrDefault(instance, List.of()).stream()
                .anyMatch(
                        time ->
                                time >= afterMillis - CLOCKS_DIFFER_MILLIS
                                        && time <= untilMillis + CLOCKS_DIFFER_MILLIS);
    }
}

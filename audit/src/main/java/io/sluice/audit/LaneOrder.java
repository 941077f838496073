package io.sluice.audit;

import io.sluice.audit.Finding.Promise;

import org.apache.avro.generic.GenericRecord;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The order in which a lane sends, told without what the job says of its queues. Where lanes go by
 * class and submission, whatever the bound on overtaking, nobody may be sent ahead of a request
 * that was submitted earlier, is no less urgent, needs no more room and was known. That a request
 * was known is seen by another: one that stands behind it in its partition of the requests had been
 * sent somewhere a while before, in the same attempt of the job.
 *
 * <p>Of what was sent once, in its first attempt, and waits for no other request; not right after a
 * restart of the job, whose subtasks take up their work one after the other. Not for orders by
 * deadline, length or prefix, nor for fairness across tenants.
 */
final class LaneOrder implements Check {

    /**
     * A request as far as it matters to its place.
     *
     * @param source where it was submitted
     * @param submittedMillis when the broker had it
     * @param priority higher is more urgent
     * @param tokens room that it needs
     * @param waits whether it waits for others
     */
    private record Request(
            Place source, long submittedMillis, long priority, long tokens, boolean waits) {

        boolean goesBefore(Request other) {
            return submittedMillis < other.submittedMillis
                    && priority >= other.priority
                    && tokens <= other.tokens;
        }
    }

    /** A partition of the requests in an attempt of the job. */
    private record SourceEpoch(int partition, long epoch) {}

    /** A command of a lane. */
    private record Sent(RequestId id, long seq, long decidedMillis, long attempt) {}

    private final long knownAfterMillis;
    private final long settledAfterMillis;
    private final NavigableMap<Long, Long> firstSentByEpoch = new TreeMap<>();
    private final Map<RequestId, Request> requests = new HashMap<>();
    private final Set<RequestId> moved = new HashSet<>();
    private final Map<LaneEpoch, List<Sent>> lanes = new HashMap<>();
    private final Map<RequestId, Integer> timesSent = new HashMap<>();
    private long compared;

    /**
     * Nothing has been read.
     *
     * @param knownAfterMillis how long after a later request was sent an earlier one is taken to be
     *     known to its lane
     * @param settledAfterMillis how long after the first dispatch of an attempt of the job that
     *     follows another nothing is judged
     */
    LaneOrder(long knownAfterMillis, long settledAfterMillis) {
        this.knownAfterMillis = knownAfterMillis;
        this.settledAfterMillis = settledAfterMillis;
    }

    @Override
    public void read(LogEntry entry) {
        GenericRecord value = entry.value();
        if (value == null) {
            return;
        }
        switch (entry.topic()) {
            case "requests" -> requests.putIfAbsent(RequestId.of(value), request(entry, value));
            case "control" -> {
                if (Fields.text(value, "type").equals("REPRIORITISE")) {
                    moved.add(RequestId.of(value));
                }
            }
            case "dispatch" -> command(value);
            default -> {
                // Says nothing of the order.
            }
        }
    }

    private static Request request(LogEntry entry, GenericRecord value) {
        boolean waits = value.get("wait_for") instanceof List<?> others && !others.isEmpty();
        return new Request(
                entry.place(),
                entry.timeMillis(),
                Fields.number(value, "priority"),
                Fields.number(value, "input_tokens") + Fields.number(value, "max_tokens"),
                waits);
    }

    private void command(GenericRecord command) {
        if (!Fields.text(command, "type").equals("DISPATCH")) {
            return;
        }
        RequestId id = RequestId.of(command);
        timesSent.merge(id, 1, Integer::sum);
        LaneEpoch lane = LaneEpoch.of(command);
        long decidedMillis = Fields.number(command, "decided_at");
        firstSentByEpoch.merge(lane.epoch(), decidedMillis, Math::min);
        lanes.computeIfAbsent(lane, none -> new ArrayList<>())
                .add(
                        new Sent(
                                id,
                                Fields.number(command, "seq"),
                                decidedMillis,
                                Fields.number(command, "attempt")));
    }

    @Override
    public List<Finding> findings() {
        compared = 0;
        Map<SourceEpoch, NavigableMap<Long, Long>> known = known();
        List<Finding> findings = new ArrayList<>();
        lanes.forEach(
                (lane, commands) -> {
                    List<Sent> inOrder = new ArrayList<>(commands);
                    inOrder.sort(Comparator.comparingLong(Sent::seq));
                    long settled = settledMillis(lane.epoch());
                    inOrder.removeIf(sent -> sent.decidedMillis() < settled);
                    judge(lane, inOrder, known, findings);
                });
        return findings;
    }

    /** From when on the job knows in an attempt what there is; the first is not a restart. */
    private long settledMillis(long epoch) {
        Long first = firstSentByEpoch.get(epoch);
        return first == null || epoch == firstSentByEpoch.firstKey()
                ? Long.MIN_VALUE
                : first + settledAfterMillis;
    }

    /** By partition and attempt: until when which offset had been sent. */
    private Map<SourceEpoch, NavigableMap<Long, Long>> known() {
        Map<SourceEpoch, NavigableMap<Long, Long>> known = new HashMap<>();
        lanes.forEach(
                (lane, commands) -> {
                    for (Sent sent : commands) {
                        Request request = requests.get(sent.id());
                        if (request != null) {
                            SourceEpoch source =
                                    new SourceEpoch(request.source().partition(), lane.epoch());
                            known.computeIfAbsent(source, none -> new TreeMap<>())
                                    .merge(
                                            sent.decidedMillis(),
                                            request.source().offset(),
                                            Math::max);
                        }
                    }
                });
        known.values().forEach(LaneOrder::accumulate);
        return known;
    }

    private static void accumulate(NavigableMap<Long, Long> offsets) {
        long furthest = -1;
        for (Map.Entry<Long, Long> each : offsets.entrySet()) {
            furthest = Math.max(furthest, each.getValue());
            each.setValue(furthest);
        }
    }

    private void judge(
            LaneEpoch lane,
            List<Sent> commands,
            Map<SourceEpoch, NavigableMap<Long, Long>> known,
            List<Finding> findings) {
        for (int i = 1; i < commands.size(); i++) {
            Sent late = commands.get(i);
            Request earlier = requests.get(late.id());
            if (earlier != null && isPlain(late) && !earlier.waits()) {
                SourceEpoch source = new SourceEpoch(earlier.source().partition(), lane.epoch());
                Sent ahead =
                        sentAheadOf(
                                earlier,
                                commands.subList(0, i),
                                known.getOrDefault(source, new TreeMap<>()));
                if (ahead != null) {
                    findings.add(finding(lane, late, ahead));
                }
            }
        }
    }

    /** The last command that went to one who should have come after a request; null if none did. */
    private @Nullable Sent sentAheadOf(
            Request request, List<Sent> before, NavigableMap<Long, Long> known) {
        for (int j = before.size() - 1; j >= 0; j--) {
            Sent ahead = before.get(j);
            if (ahead.decidedMillis() < request.submittedMillis()) {
                return null;
            }
            compared++;
            Request other = requests.get(ahead.id());
            if (other != null
                    && isPlain(ahead)
                    && request.goesBefore(other)
                    && isKnown(request, known, ahead.decidedMillis() - knownAfterMillis)) {
                return ahead;
            }
        }
        return null;
    }

    private boolean isPlain(Sent sent) {
        return sent.attempt() == 1
                && timesSent.getOrDefault(sent.id(), 0) == 1
                && !moved.contains(sent.id());
    }

    private static boolean isKnown(Request request, NavigableMap<Long, Long> sent, long byMillis) {
        Map.Entry<Long, Long> furthest = sent.floorEntry(byMillis);
        return furthest != null && furthest.getValue() > request.source().offset();
    }

    private static Finding finding(LaneEpoch lane, Sent late, Sent ahead) {
        return new Finding(
                Promise.ORDER,
                "%s sent %s %d ms before %s, which came earlier, is no less urgent and needs no more room"
                        .formatted(
                                lane.instance(),
                                ahead.id(),
                                late.decidedMillis() - ahead.decidedMillis(),
                                late.id()));
    }

    /** Pairs that were compared; to be asked for after the findings. */
    long compared() {
        return compared;
    }
}

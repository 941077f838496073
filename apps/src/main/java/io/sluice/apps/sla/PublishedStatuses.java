package io.sluice.apps.sla;

import io.sluice.apps.cli.TopicStretch;
import io.sluice.core.latency.SeriesCap;
import io.sluice.core.slo.SloObjective;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.BurnRate;
import io.sluice.schemas.avro.SloScope;
import io.sluice.schemas.avro.SloStatus;
import io.sluice.wire.Objectives;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How each series of each objective stood at the end of a stretch of time: the newest status of
 * each, and since when the objective has counted in the way it does.
 */
final class PublishedStatuses {

    /** A status bears the clock of the job, and is asked for by that of the broker. */
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    /** What an objective counts, and over which windows: when it changes, counting starts anew. */
    private record Way(
            SloObjective.Promise promise,
            Object selector,
            Object per,
            @Nullable List<Long> windows) {}

    private record Counting(Way way, long sinceMillis) {}

    /**
     * A status to be checked.
     *
     * @param key objective, scope and value
     * @param objective the objective
     * @param status the newest one
     * @param sinceMillis from when on the objective has certainly counted
     */
    record Newest(String key, SloObjective objective, SloStatus status, long sinceMillis) {}

    private final AvroCodec<SloStatus> codec = AvroCodec.of(SloStatus.class);
    private final TimeRange range;
    private final List<SloStatus> statuses = new ArrayList<>();
    private final Map<String, Counting> counting = new HashMap<>();
    private final Map<String, Newest> newest = new HashMap<>();
    private final Set<String> folded = new HashSet<>();
    private long newestMillis = Long.MIN_VALUE;

    private PublishedStatuses(TimeRange range) {
        this.range = range;
    }

    /** Reads the topic. */
    static PublishedStatuses read(TopicStretch topics, TimeRange range) {
        PublishedStatuses all = new PublishedStatuses(range);
        topics.read(Topic.SLO, range.fromMillis() - CLOCKS.toMillis(), all::take);
        all.statuses.sort(Comparator.comparing(SloStatus::getEvaluatedAt));
        all.statuses.forEach(all::follow);
        return all;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            SloStatus status = codec.decode(record.value());
            newestMillis = Math.max(newestMillis, status.getEvaluatedAt().toEpochMilli());
            if (status.getEvaluatedAt().isBefore(Instant.ofEpochMilli(range.toMillis()))) {
                statuses.add(status);
            }
        } catch (DecodeException notOne) {
            // The command is about what can be read; readers of the topic say what cannot.
        }
    }

    private void follow(SloStatus status) {
        SloObjective objective = Objectives.read(status.getObjective());
        String id = objective.id();
        String key = id + "/" + status.getScope() + "/" + status.getScopeValue();
        if (status.getRemoved()) {
            newest.remove(key);
            if (status.getScope() == SloScope.ALL) {
                counting.remove(id);
            }
            return;
        }
        Way way =
                new Way(
                        objective.promise(),
                        objective.selector(),
                        objective.per(),
                        status.getBurnRates().stream().map(BurnRate::getWindowMs).toList());
        Counting known = counting.get(id);
        if (known == null || !known.way.equals(way)) {
            known = new Counting(way, status.getEvaluatedAt().toEpochMilli());
            counting.put(id, known);
        }
        newest.put(key, new Newest(key, objective, status, known.sinceMillis));
        if (status.getScope() != SloScope.ALL && status.getScopeValue().equals(SeriesCap.OTHER)) {
            folded.add(id);
        }
    }

    /** The newest of each series, but for those of values that share one series. */
    List<Newest> newest() {
        return newest.values().stream()
                .filter(
                        one ->
                                one.status.getScope() == SloScope.ALL
                                        || !folded.contains(one.objective.id()))
                .sorted(Comparator.comparing(Newest::key))
                .toList();
    }

    /** Series that are not compared, since it is not known which values share one. */
    long shared() {
        return (long) newest.size() - newest().size();
    }

    /** When the newest status of all was evaluated, also behind the range. */
    long newestMillis() {
        return newestMillis;
    }
}

package io.sluice.apps.sla;

import io.sluice.apps.cli.TopicStretch;
import io.sluice.core.model.RequestKey;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.DeadLetter;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.wire.Outcomes;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The outcomes of a stretch of log time that count, each request once, by the rules of the SLA job:
 * the first outcome of a request in the log counts, unless it was appended so long after it was
 * settled that the request may have been counted and forgotten. What the job left out because it
 * came too late depended on how far its clock had come, which no topic says; so that is taken from
 * the job's dead letters.
 */
final class OutcomeLog {

    /** Clocks of machines differ; a dead letter bears that of the job. */
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    private record Place(String topic, int partition, long offset) {}

    private final AvroCodec<RequestOutcome> outcomes = AvroCodec.of(RequestOutcome.class);
    private final AvroCodec<DeadLetter> letters = AvroCodec.of(DeadLetter.class);
    private final TimeRange range;
    private final Duration dedup;
    private final Set<Place> leftOut = new HashSet<>();
    private final Set<String> seen = new HashSet<>();
    private final List<CountedOutcome> counted = new ArrayList<>();
    private Tally tally = Tally.NONE;

    /**
     * What happened to the outcomes of the stretch.
     *
     * @param counted those that count
     * @param repeated those of requests that were counted already
     * @param late those that the job left out as too late, or as possibly counted long ago
     * @param unreadable those that nobody can read
     * @param incomplete whether outcomes of the stretch, or of the time before it in which a
     *     request may have been counted, are gone from the topic
     */
    record Tally(long counted, long repeated, long late, long unreadable, boolean incomplete) {
        static final Tally NONE = new Tally(0, 0, 0, 0, false);

        Tally plus(Tally other) {
            return new Tally(
                    counted + other.counted,
                    repeated + other.repeated,
                    late + other.late,
                    unreadable + other.unreadable,
                    incomplete || other.incomplete);
        }
    }

    private OutcomeLog(TimeRange range, Duration dedup) {
        this.range = range;
        this.dedup = dedup;
    }

    /**
     * Reads the topics.
     *
     * @param range append times of the outcomes
     * @param dedup how long the job remembers a request that it counted
     */
    static OutcomeLog read(TopicStretch topics, TimeRange range, Duration dedup) {
        OutcomeLog log = new OutcomeLog(range, dedup);
        topics.read(Topic.DEAD_LETTERS, range.fromMillis() - CLOCKS.toMillis(), log::deadLetter);
        long from = range.fromMillis() - dedup.toMillis();
        boolean lost = topics.read(Topic.OUTCOMES, from, log::outcome);
        log.tally = log.tally.plus(new Tally(0, 0, 0, 0, lost));
        return log;
    }

    /** Those that count, in no order. */
    List<CountedOutcome> counted() {
        return counted;
    }

    Tally tally() {
        return tally;
    }

    private void deadLetter(ConsumerRecord<byte[], byte[]> record) {
        DeadLetter letter = decoded(letters, record);
        if (letter != null) {
            leftOut.add(new Place(letter.getTopic(), letter.getPartition(), letter.getOffset()));
        }
    }

    private void outcome(ConsumerRecord<byte[], byte[]> record) {
        boolean asked = range.holds(record.timestamp());
        RequestOutcome outcome = decoded(outcomes, record);
        try {
            if (outcome != null) {
                outcome(outcome, asked, record);
                return;
            }
        } catch (IllegalArgumentException senseless) {
            // It can be read, and is nobody's outcome, or none that the job would count.
        }
        tally = tally.plus(new Tally(0, 0, 0, asked ? 1 : 0, false));
    }

    private void outcome(
            RequestOutcome outcome, boolean asked, ConsumerRecord<byte[], byte[]> record) {
        boolean late = isLate(outcome, record);
        // One that was left out as late is remembered all the same, unless it is stale.
        boolean first = isStale(outcome, record) || seen.add(key(outcome));
        if (!asked) {
            return;
        }
        if (first && !late) {
            counted.add(new CountedOutcome(record.timestamp(), Outcomes.request(outcome)));
        }
        boolean counts = first && !late;
        tally =
                tally.plus(
                        new Tally(counts ? 1 : 0, first ? 0 : 1, first && late ? 1 : 0, 0, false));
    }

    private boolean isLate(RequestOutcome outcome, ConsumerRecord<byte[], byte[]> record) {
        Place place = new Place(record.topic(), record.partition(), record.offset());
        return isStale(outcome, record) || leftOut.contains(place);
    }

    private boolean isStale(RequestOutcome outcome, ConsumerRecord<byte[], byte[]> record) {
        return record.timestamp() - outcome.getSettledAt().toEpochMilli() > dedup.toMillis();
    }

    private static String key(RequestOutcome outcome) {
        return new RequestKey(outcome.getFairnessId(), outcome.getRequestId()).scoped();
    }

    private static <T extends org.apache.avro.specific.SpecificRecord> @Nullable T decoded(
            AvroCodec<T> codec, ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return null;
        }
        try {
            return codec.decode(record.value());
        } catch (DecodeException unreadable) {
            return null;
        }
    }
}

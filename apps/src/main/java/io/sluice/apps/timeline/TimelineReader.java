package io.sluice.apps.timeline;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.schemas.Topic;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Finds in the topics what tells of one request. Topics with the request's key are read in the one
 * partition that the key leads to; the commands and reports, whose key is the instance, in all, but
 * only from the submission of the request to its end.
 *
 * <p>One reading at a time; {@link #stop} may be called by any thread.
 */
public final class TimelineReader implements AutoCloseable {

    /** Is told how the reading gets on. */
    @FunctionalInterface
    public interface Progress {
        /** Nobody is told. */
        Progress NONE = (topic, done, all) -> {};

        /**
         * Records of a topic have been read.
         *
         * @param topic the topic
         * @param done how many
         * @param all how many there are to read
         */
        void reading(Topic topic, long done, long all);
    }

    /** By so much the clocks may differ that wrote records, and the broker's. */
    private static final Duration SLACK = Duration.ofMinutes(5);

    /** For so long after the outcome it is looked for what a worker still had to say. */
    private static final Duration AFTERMATH = Duration.ofMinutes(1);

    private static final Topic[] TOPICS = {
        Topic.REQUESTS,
        Topic.CONTROL,
        Topic.DISPATCH,
        Topic.WORKER_EVENTS,
        Topic.HANDBACKS,
        Topic.OUTCOMES,
        Topic.DECISIONS
    };

    private static final List<Topic> KEYED_BY_REQUEST =
            List.of(Topic.DECISIONS, Topic.HANDBACKS, Topic.OUTCOMES);

    private final KafkaAccess kafka;
    private final LongSupplier nanoClock;
    private final Consumer<byte[], byte[]> consumer;

    /**
     * A reader of one installation.
     *
     * @throws CommandException if the properties make no client
     */
    public TimelineReader(KafkaAccess kafka) {
        this(kafka, System::nanoTime);
    }

    TimelineReader(KafkaAccess kafka, LongSupplier nanoClock) {
        this.kafka = kafka;
        this.nanoClock = nanoClock;
        Map<String, Object> defaults =
                Map.of(
                        "fetch.max.wait.ms",
                        50,
                        "max.poll.records",
                        10_000,
                        "max.partition.fetch.bytes",
                        16 << 20,
                        "default.api.timeout.ms",
                        10_000);
        try {
            consumer = kafka.reader(defaults, Map.of("isolation.level", "read_committed"));
        } catch (RuntimeException exception) {
            throw kafka.failure(exception);
        }
    }

    /**
     * Reads what there is about a request.
     *
     * @throws CommandException if the broker does not answer, a topic is missing, or the reading
     *     was stopped
     */
    public TimelineFinding read(TimelineQuery query, Progress progress) {
        Map<Topic, Integer> partitions = kafka.partitions(TOPICS);
        TopicScan scan =
                new TopicScan(consumer, new Patience(query.patience(), nanoClock), progress);
        try {
            return new Search(query, partitions, scan).run();
        } catch (WakeupException stopped) {
            throw new CommandException("stopped", stopped);
        } catch (RuntimeException exception) {
            throw kafka.failure(exception);
        }
    }

    /** Ends a reading that goes on. Any thread. */
    public void stop() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** The search for one request: each step says where the next has to look. */
    private final class Search {

        private final TimelineQuery query;
        private final Map<Topic, Integer> partitions;
        private final TopicScan scan;
        private final Catch found;

        Search(TimelineQuery query, Map<Topic, Integer> partitions, TopicScan scan) {
            this.query = query;
            this.partitions = partitions;
            this.scan = scan;
            this.found = new Catch(query.requestId());
        }

        TimelineFinding run() {
            submissions();
            Instant since = earlier(found.submittedAt(), SLACK);
            for (Topic topic : KEYED_BY_REQUEST) {
                byKey(topic, List.of(home(topic)), since == null ? query.since() : since);
            }
            byKey(Topic.CONTROL, all(Topic.CONTROL), since == null ? query.since() : since);
            whereItRan();
            List<String> unread = new ArrayList<>(scan.unread());
            unread.addAll(found.troubles());
            return new TimelineFinding(query.requestId(), found.records(), found.sent(), unread);
        }

        /** A client that is not Kafka's own may have chosen another partition. */
        private void submissions() {
            TopicPartition home = home(Topic.REQUESTS);
            byKey(Topic.REQUESTS, List.of(home), query.since());
            if (found.records().isEmpty()) {
                List<TopicPartition> others =
                        all(Topic.REQUESTS).stream().filter(p -> !p.equals(home)).toList();
                byKey(Topic.REQUESTS, others, query.since());
            }
        }

        private void whereItRan() {
            Instant first = earlier(found.firstStamp(), Duration.ofSeconds(5));
            if (first == null) {
                return;
            }
            Instant end = found.committedAt();
            Instant last = end == null ? null : end.plus(AFTERMATH);
            Set<String> lanes = found.lanes();
            scan.read(
                    scan.span(Topic.WORKER_EVENTS, all(Topic.WORKER_EVENTS), first, last),
                    record -> found.byContent(Topic.WORKER_EVENTS, record));
            scan.read(
                    scan.span(Topic.DISPATCH, all(Topic.DISPATCH), first, last),
                    record -> found.command(record, lanes));
        }

        private void byKey(Topic topic, List<TopicPartition> where, @Nullable Instant since) {
            scan.read(scan.span(topic, where, since, null), record -> found.byKey(topic, record));
        }

        private TopicPartition home(Topic topic) {
            int count = partitions.getOrDefault(topic, 1);
            return new TopicPartition(kafka.name(topic), KeyPartition.of(query.requestId(), count));
        }

        private List<TopicPartition> all(Topic topic) {
            return IntStream.range(0, partitions.getOrDefault(topic, 1))
                    .mapToObj(i -> new TopicPartition(kafka.name(topic), i))
                    .toList();
        }

        private static @Nullable Instant earlier(@Nullable Instant time, Duration by) {
            return time == null ? null : time.minus(by);
        }
    }
}

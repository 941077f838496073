package io.sluice.demo.report;

import io.sluice.core.latency.SlaSample;
import io.sluice.core.model.PriorityBand;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.wire.Outcomes;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Reads the topics of a run, once, and reports what it was. */
public final class RunReporter {

    private final RunDescription run;
    private final RequestTally requests = new RequestTally();
    private final WorkTally work = new WorkTally();
    private final GroupTally all;
    private final Map<PriorityBand, GroupTally> byPriority = new EnumMap<>(PriorityBand.class);
    private long deadLetters;
    private long firstMillis = Long.MAX_VALUE;
    private long lastMillis = Long.MIN_VALUE;

    private RunReporter(RunDescription run) {
        this.run = run;
        this.all = new GroupTally(run.speedup());
    }

    /**
     * Reports on everything that the topics hold now.
     *
     * @param topics where they are
     * @param run what was asked for
     */
    public static RunReport report(TopicScan topics, RunDescription run) {
        RunReporter reporter = new RunReporter(run);
        reporter.read(topics);
        return reporter.result();
    }

    private void read(TopicScan topics) {
        topics.read(Topic.REQUESTS, decoded(InferenceRequest.class, this::request));
        topics.read(Topic.OUTCOMES, decoded(RequestOutcome.class, this::outcome));
        topics.read(
                Topic.DISPATCH,
                decoded(DispatchCommand.class, (command, r) -> work.command(command)));
        topics.read(
                Topic.WORKER_EVENTS,
                decoded(WorkerEvent.class, (event, record) -> work.event(event)));
        topics.read(Topic.DEAD_LETTERS, record -> deadLetters++);
    }

    /** What cannot be decoded is a dead letter, and counted as one there. */
    private static <T extends SpecificRecord>
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> decoded(
                    Class<T> type, BiConsumer<T, ConsumerRecord<byte[], byte[]>> reader) {
        AvroCodec<T> codec = AvroCodec.of(type);
        return record -> {
            if (record.value() == null) {
                return;
            }
            T value;
            try {
                value = codec.decode(record.value());
            } catch (DecodeException unreadable) {
                return;
            }
            reader.accept(value, record);
        };
    }

    private void request(InferenceRequest request, ConsumerRecord<byte[], byte[]> record) {
        requests.request(request);
        firstMillis = Math.min(firstMillis, record.timestamp());
    }

    private void outcome(RequestOutcome outcome, ConsumerRecord<byte[], byte[]> record) {
        if (requests.outcome(outcome, record.value())) {
            lastMillis = Math.max(lastMillis, record.timestamp());
            SlaSample sample = Outcomes.sample(outcome);
            all.add(sample);
            byPriority
                    .computeIfAbsent(
                            PriorityBand.of(outcome.getPriority()),
                            band -> new GroupTally(run.speedup()))
                    .add(sample);
        }
    }

    private RunReport result() {
        Map<PriorityBand, GroupFigures> groups = new EnumMap<>(PriorityBand.class);
        byPriority.forEach((band, tally) -> groups.put(band, tally.figures()));
        return new RunReport(
                run,
                requests.account(),
                deadLetters,
                work.figures(),
                all.figures(),
                groups,
                lastMillis < firstMillis ? 0 : (lastMillis - firstMillis) / 1000.0);
    }
}

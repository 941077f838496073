package io.sluice.apps.spans;

import io.sluice.apps.delivery.Backoff;
import io.sluice.apps.delivery.Delivery;
import io.sluice.apps.delivery.Delivery.Later;
import io.sluice.apps.delivery.Delivery.Taken;
import io.sluice.apps.time.SetClock;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.avro.RequestOutcome;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What the pump has the consumer group remember, and how often. */
@Timeout(30)
class SpanPumpTest {

    private static final TopicPartition OUTCOMES = new TopicPartition("outcomes", 0);
    private static final TopicPartition DECISIONS = new TopicPartition("decisions", 0);
    private static final AvroCodec<RequestOutcome> CODEC = AvroCodec.of(RequestOutcome.class);

    /** What the group remembered, and how many requests were exported by then. */
    private record Commit(long outcomesFrom, int exported) {}

    private final SetClock clock = new SetClock();
    private final Broker broker = new Broker();
    private final List<Commit> commits = new ArrayList<>();
    private int exported;
    private int takes = Integer.MAX_VALUE;
    private Runnable onSend = () -> {};
    private long written;
    private SpanPump pump;

    /** Has a call to stop end a commit too, as a real consumer does. */
    private final class Broker extends MockConsumer<byte[], byte[]> {
        private boolean stopped;

        Broker() {
            super("earliest");
        }

        @Override
        public synchronized void wakeup() {
            stopped = true;
            super.wakeup();
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration patience) {
            try {
                return super.poll(patience);
            } catch (WakeupException stop) {
                stopped = false;
                throw stop;
            }
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
            if (stopped) {
                stopped = false;
                throw new WakeupException();
            }
            super.commitSync(offsets);
            commits.add(new Commit(offsets.get(OUTCOMES).offset(), exported));
        }
    }

    @BeforeEach
    void open() {
        broker.updateBeginningOffsets(Map.of(OUTCOMES, 0L, DECISIONS, 0L));
        SpanLog log = new SpanLog(broker, List.of(OUTCOMES), List.of(DECISIONS));
        SpanPump.Settings settings =
                new SpanPump.Settings(
                        true,
                        new Backoff(Duration.ofMillis(100)),
                        new PrintWriter(new StringWriter()));
        pump = new SpanPump(log, this::send, settings, clock);
    }

    private Delivery send(List<Span> spans) {
        onSend.run();
        int requests = (int) spans.stream().filter(s -> s.getName().endsWith(".request")).count();
        if (exported + requests > takes) {
            return new Later("full", null);
        }
        exported += requests;
        return new Taken(ByteBuffer.allocate(0));
    }

    /** Each of them is seen by a poll, a tenth of a second after the last. */
    private void outcomesEveryTenthOfASecond(int count) {
        for (int i = 0; i < count; i++) {
            broker.schedulePollTask(
                    () -> {
                        clock.pass(Duration.ofMillis(100));
                        write();
                    });
        }
    }

    private void write() {
        RequestOutcome outcome =
                RequestOutcome.newBuilder(Ends.completed()).setRequestId("r-" + written).build();
        broker.addRecord(
                new ConsumerRecord<>(
                        OUTCOMES.topic(), 0, written, new byte[0], CODEC.encode(outcome)));
        written++;
    }

    private void run() {
        broker.schedulePollTask(pump::close);
        pump.run();
    }

    @Test
    void remembersOnceASecondAndAtTheEnd() {
        outcomesEveryTenthOfASecond(50);
        run();
        assertThat(commits)
                .containsExactly(
                        new Commit(1, 1),
                        new Commit(11, 11),
                        new Commit(21, 21),
                        new Commit(31, 31),
                        new Commit(41, 41),
                        new Commit(50, 50));
        assertThat(broker.closed()).isTrue();
    }

    @Test
    void remembersNothingThatWasNotExported() {
        takes = 7;
        outcomesEveryTenthOfASecond(50);
        run();
        assertThat(exported).isEqualTo(7);
        assertThat(commits).containsExactly(new Commit(1, 1), new Commit(7, 7));
        assertThat(pump.tally().failures()).isGreaterThan(1);
    }

    @Test
    void aCallToStopWhileItSendsDoesNotLoseTheLastCommit() {
        outcomesEveryTenthOfASecond(3);
        onSend =
                () -> {
                    if (exported == 2) {
                        pump.close();
                    }
                };
        pump.run();
        assertThat(commits).containsExactly(new Commit(1, 1), new Commit(3, 3));
    }

    @Test
    void aClockThatIsSetBackKeepsNothingWaiting() {
        outcomesEveryTenthOfASecond(1);
        broker.schedulePollTask(() -> clock.pass(Duration.ofHours(-1)));
        outcomesEveryTenthOfASecond(1);
        broker.schedulePollTask(
                () -> {
                    clock.pass(Duration.ofMillis(900));
                    write();
                });
        broker.schedulePollTask(() -> assertThat(commits).last().isEqualTo(new Commit(3, 3)));
        run();
    }
}

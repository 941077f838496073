package io.sluice.apps.worker;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EventSenderTest {

    private static final String TOPIC = "events";
    private static final long APPENDED = 1_790_000_000_000L;
    private static final EventSender.Target TARGET = new EventSender.Target(TOPIC, 0, "gpu", 2_000);

    private final HandClock clock = new HandClock();
    private final BrokerTime brokerTime = new BrokerTime();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final List<Fake> producers = new ArrayList<>();
    private final Queue<RuntimeException> refusals = new ArrayDeque<>();
    private final EventSender sender =
            new EventSender(
                    TARGET,
                    this::producer,
                    clock,
                    brokerTime,
                    new EventSender.Listener() {
                        @Override
                        public void acknowledged(long incarnation, long seq) {
                            heard.add("acknowledged %d/%d".formatted(incarnation, seq));
                        }

                        @Override
                        public void silenced(long incarnation, String reason) {
                            heard.add("silenced %d: %s".formatted(incarnation, reason));
                        }

                        @Override
                        public void failed(RuntimeException reason) {
                            heard.add("failed: " + reason.getMessage());
                        }
                    });

    /** A producer whose broker answers when the test says so. */
    private static final class Fake extends MockProducer<byte[], byte[]> {
        final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
        volatile @Nullable RuntimeException failsWhileItSends;

        Fake() {
            super(cluster(), false, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        private static Cluster cluster() {
            Node node = new Node(0, "localhost", 1);
            PartitionInfo partition =
                    new PartitionInfo(TOPIC, 0, node, new Node[] {node}, new Node[] {node});
            return new Cluster("id", List.of(node), List.of(partition), Set.of(), Set.of());
        }

        @Override
        public synchronized Future<RecordMetadata> send(
                ProducerRecord<byte[], byte[]> record, Callback callback) {
            RuntimeException failure = failsWhileItSends;
            if (failure != null) {
                errorNext(failure);
                throw new KafkaException("Requested metadata update after close");
            }
            Callback stamped =
                    (metadata, exception) ->
                            callback.onCompletion(
                                    new RecordMetadata(
                                            new TopicPartition(TOPIC, 0), 0, 0, APPENDED, 0, 0),
                                    exception);
            Future<RecordMetadata> future = super.send(record, stamped);
            sent.add(new String(record.value(), StandardCharsets.UTF_8));
            return future;
        }
    }

    private Producer<byte[], byte[]> producer() {
        if (!refusals.isEmpty()) {
            throw refusals.remove();
        }
        Fake fake = new Fake();
        producers.add(fake);
        return fake;
    }

    @AfterEach
    void close() {
        sender.close();
    }

    @Test
    void sendsInOrderAndTellsWhatTheBrokerHas() throws Exception {
        sender.start();
        sender.begin(1);
        say(1, 1);
        say(1, 2);
        awaitSent(0, "1/1");
        awaitSent(0, "1/2");
        producers.get(0).completeNext();
        producers.get(0).completeNext();

        awaitHeard("acknowledged 1/1");
        awaitHeard("acknowledged 1/2");
        assertThat(producers.get(0).history())
                .allMatch(record -> record.partition() == 0 && record.topic().equals(TOPIC))
                .allMatch(record -> new String(record.key(), StandardCharsets.UTF_8).equals("gpu"));
    }

    @Test
    void learnsTheTimeFromTheAnswersOfTheBroker() throws Exception {
        sender.start();
        sender.begin(1);
        clock.nanos = 5_000_000;
        say(1, 1);
        awaitSent(0, "1/1");
        clock.nanos = 9_000_000;
        producers.get(0).completeNext();
        awaitHeard("acknowledged 1/1");

        // Seven milliseconds of our clock are in the middle of what the broker stamped.
        assertThat(brokerTime.estimate().millisAt(7_000_000)).isEqualTo(APPENDED + 0.5);
        assertThat(brokerTime.estimate().doubtMillis()).isEqualTo(2.5);
    }

    @Test
    void saysNothingAfterAReportThatWasNotTakenUntilTheNextIncarnation() throws Exception {
        sender.start();
        sender.begin(1);
        say(1, 1);
        awaitSent(0, "1/1");
        producers.get(0).errorNext(new TimeoutException("too late"));
        awaitHeard("silenced 1: too late");

        say(1, 2);
        sender.begin(2);
        say(2, 1);
        awaitSent(1, "2/1");
        assertThat(producers.get(0).history()).hasSize(1);
        assertThat(producers.get(0).closed()).isTrue();
        producers.get(1).completeNext();
        awaitHeard("acknowledged 2/1");
        assertThat(producers.get(1).history()).hasSize(1);
    }

    @Test
    void aReportThatWaitedWhileAnEarlierOneFailedIsItsEcho() throws Exception {
        sender.start();
        sender.begin(1);
        say(1, 1);
        awaitSent(0, "1/1");
        producers.get(0).failsWhileItSends = new TimeoutException("too late");
        say(1, 2);
        awaitHeard("silenced 1: too late");

        sender.begin(2);
        say(2, 1);
        awaitSent(1, "2/1");
        assertThat(heard).isEmpty();
    }

    @Test
    void aReportThatWaitedTooLongIsNotSentAnyMore() throws Exception {
        sender.start();
        sender.begin(1);
        say(1, 1);
        awaitSent(0, "1/1");
        // The sender is held up while the second report waits, for more than a quarter of 2 s.
        synchronized (producers.get(0)) {
            say(1, 2);
            say(1, 3);
            clock.nanos = TimeUnit.MILLISECONDS.toNanos(501);
        }
        awaitHeard("silenced 1: it had to wait for the producer");
        assertThat(producers.get(0).closed()).isTrue();
    }

    @Test
    void whatNoRepetitionMendsEndsTheWorker() throws Exception {
        sender.start();
        sender.begin(1);
        say(1, 1);
        awaitSent(0, "1/1");
        producers.get(0).errorNext(new RecordTooLargeException("2 MiB"));
        awaitHeard("failed: 2 MiB");
    }

    @Test
    void anIncarnationThatFindsNoBrokerIsSilentAndTheNextTriesAgain() throws Exception {
        sender.start();
        sender.begin(1);
        say(1, 1);
        awaitSent(0, "1/1");
        refusals.add(new TimeoutException("no broker"));
        producers.get(0).errorNext(new TimeoutException("too late"));
        awaitHeard("silenced 1: too late");

        sender.begin(2);
        say(2, 1);
        awaitHeard("silenced 2: no broker");
        sender.begin(3);
        say(3, 1);
        awaitSent(1, "3/1");
    }

    @Test
    void aBrokerThatDoesNotAnswerAtTheStartIsToldAtOnce() {
        refusals.add(new TimeoutException("no broker"));
        assertThatThrownBy(sender::start).hasMessage("no broker");
    }

    private void say(long incarnation, long seq) {
        String text = "%d/%d".formatted(incarnation, seq);
        sender.send(incarnation, seq, text.getBytes(StandardCharsets.UTF_8));
    }

    private void awaitSent(int producer, String what) throws InterruptedException {
        // The producer itself is made by the thread of the sender.
        for (int i = 0; producers.size() <= producer && i < 1_000; i++) {
            heard.poll(10, TimeUnit.MILLISECONDS);
        }
        assertThat(producers.get(producer).sent.poll(10, TimeUnit.SECONDS)).isEqualTo(what);
    }

    private void awaitHeard(String what) throws InterruptedException {
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(what);
    }
}

package io.sluice.apps.replay;

import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;
import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.InferenceRequest;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

/** Kafka's own test producer, which also notes when each record came. */
final class FakeKafka extends MockProducer<byte[], byte[]> {

    /** A record and when it was handed over, after the start. */
    record Sent(Topic topic, String key, byte[] value, Duration at) {

        InferenceRequest request() {
            try {
                return AvroCodec.of(InferenceRequest.class).decode(value);
            } catch (DecodeException e) {
                throw new AssertionError(e);
            }
        }

        ControlEvent control() {
            try {
                return AvroCodec.of(ControlEvent.class).decode(value);
            } catch (DecodeException e) {
                throw new AssertionError(e);
            }
        }
    }

    private final FakeClock clock;
    private final List<Sent> sent = new ArrayList<>();
    private Duration sendTakes = Duration.ZERO;
    private BiConsumer<Topic, Integer> beforeSend = (topic, index) -> {};

    /** A producer whose records are acknowledged at once, or when a test completes them. */
    FakeKafka(FakeClock clock, boolean acknowledgesAtOnce) {
        super(acknowledgesAtOnce, null, new ByteArraySerializer(), new ByteArraySerializer());
        this.clock = clock;
    }

    /** Each record takes the caller's time, as with a full buffer. */
    void blockSends(Duration time) {
        sendTakes = time;
    }

    /** What happens before a record of a topic is taken, with the number of records before it. */
    void beforeSend(BiConsumer<Topic, Integer> action) {
        beforeSend = action;
    }

    @Override
    public synchronized Future<RecordMetadata> send(
            ProducerRecord<byte[], byte[]> message, Callback callback) {
        Topic topic = Topic.named(message.topic(), TopicPrefix.DEFAULT).orElseThrow();
        beforeSend.accept(topic, sent.size());
        sent.add(
                new Sent(
                        topic,
                        new String(message.key(), StandardCharsets.UTF_8),
                        message.value(),
                        Duration.ofNanos(clock.nanos())));
        clock.spend(sendTakes);
        return super.send(message, callback);
    }

    List<Sent> sent(Topic topic) {
        return sent.stream().filter(each -> each.topic() == topic).toList();
    }

    List<Sent> requests() {
        return sent(Topic.REQUESTS);
    }
}

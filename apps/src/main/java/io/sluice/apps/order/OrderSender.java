package io.sluice.apps.order;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.ControlEvent;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Writes orders to the control topic. Any thread. */
public final class OrderSender {

    private static final int PATIENCE_MILLIS = 10_000;

    private final KafkaAccess kafka;

    /** A sender to one installation; asks for nothing before it sends. */
    public OrderSender(KafkaAccess kafka) {
        this.kafka = kafka;
    }

    /**
     * Writes an order, and waits until the broker has it.
     *
     * @throws CommandException if the broker does not take it
     */
    public OrderPlace send(Order order) {
        kafka.partitions(Topic.CONTROL);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        kafka.name(Topic.CONTROL),
                        order.key().getBytes(StandardCharsets.UTF_8),
                        AvroCodec.of(ControlEvent.class).encode(order.event()));
        ByteArraySerializer bytes = new ByteArraySerializer();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka.properties(patience(), required()), bytes, bytes)) {
            RecordMetadata written = producer.send(record).get();
            return new OrderPlace(written.topic(), written.partition(), written.offset());
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted before the broker had the order", exception);
        } catch (ExecutionException | RuntimeException exception) {
            throw kafka.failure(exception);
        }
    }

    private static Map<String, Object> patience() {
        return Map.of(
                ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    }

    /** An order that was given counts, and counts once. */
    private static Map<String, Object> required() {
        return Map.of(
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                0);
    }
}

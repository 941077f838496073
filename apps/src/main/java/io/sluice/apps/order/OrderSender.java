package io.sluice.apps.order;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.ControlEvent;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;

/** Writes orders to the control topic. Any thread. */
public final class OrderSender {

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
        try (KafkaProducer<byte[], byte[]> producer = kafka.writer()) {
            RecordMetadata written = producer.send(record).get();
            return new OrderPlace(written.topic(), written.partition(), written.offset());
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted before the broker had the order", exception);
        } catch (ExecutionException | RuntimeException exception) {
            throw kafka.failure(exception);
        }
    }
}

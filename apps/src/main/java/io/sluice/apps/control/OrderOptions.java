package io.sluice.apps.control;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.cli.KafkaOptions;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.ControlType;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** What all orders have in common: where they go, and why they are given. */
final class OrderOptions {

    private static final int PATIENCE_MILLIS = 10_000;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why, for people; the log of the job repeats it.")
    private @Nullable String reason;

    @Mixin private KafkaOptions kafka = new KafkaOptions();

    /** An order, to be completed; no tenant gives it. */
    ControlEvent.Builder order(ControlType type) {
        return ControlEvent.newBuilder()
                .setType(type)
                .setFairnessId("")
                .setReason(reason)
                .setIssuedAt(Instant.now())
                .setIssuedBy(System.getProperty("user.name"));
    }

    /**
     * Writes an order, and waits until the broker has it.
     *
     * @param key what it is about: all orders with one key have one order
     * @return its place, as decisions name it: topic-partition-offset
     * @throws CommandException if the broker does not take it
     */
    String send(String key, ControlEvent order) {
        KafkaAccess access = kafka.access();
        access.partitions(Topic.CONTROL);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        access.name(Topic.CONTROL),
                        key.getBytes(StandardCharsets.UTF_8),
                        AvroCodec.of(ControlEvent.class).encode(order));
        ByteArraySerializer bytes = new ByteArraySerializer();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(access.properties(patience(), required()), bytes, bytes)) {
            RecordMetadata written = producer.send(record).get();
            return "%s-%d-%d".formatted(written.topic(), written.partition(), written.offset());
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted before the broker had the order", exception);
        } catch (ExecutionException | RuntimeException exception) {
            throw access.failure(exception);
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

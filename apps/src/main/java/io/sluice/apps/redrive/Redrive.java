package io.sluice.apps.redrive;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.schemas.avro.DeadLetter;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Sends letters to the partition that they came from, as they were. */
final class Redrive {

    private final KafkaAccess kafka;

    Redrive(KafkaAccess kafka) {
        this.kafka = kafka;
    }

    /**
     * Sends them in their order, and waits until the broker has all.
     *
     * @throws CommandException if the broker does not take one; it says how many it has taken
     */
    void send(List<Letter> letters) {
        int taken = 0;
        try (KafkaProducer<byte[], byte[]> producer = kafka.writer()) {
            List<Future<RecordMetadata>> answers = new ArrayList<>();
            for (Letter letter : letters) {
                answers.add(producer.send(record(letter.record())));
            }
            for (Future<RecordMetadata> answer : answers) {
                answer.get();
                taken++;
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted after %d letters".formatted(taken), exception);
        } catch (ExecutionException | RuntimeException exception) {
            throw new CommandException(
                    "%d of %d letters were sent, then: %s; call it again for the rest"
                            .formatted(
                                    taken, letters.size(), kafka.failure(exception).getMessage()),
                    exception);
        }
    }

    private static ProducerRecord<byte[], byte[]> record(DeadLetter letter) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        letter.getTopic(),
                        letter.getPartition(),
                        Letter.bytes(letter.getKey()),
                        Letter.bytes(letter.getValue()));
        for (Map.Entry<String, ByteBuffer> header : letter.getHeaders().entrySet()) {
            if (!header.getKey().equals(Letters.HEADER)) {
                record.headers().add(header.getKey(), Letter.bytes(header.getValue()));
            }
        }
        record.headers()
                .add(Letters.HEADER, Letter.origin(letter).getBytes(StandardCharsets.UTF_8));
        return record;
    }
}

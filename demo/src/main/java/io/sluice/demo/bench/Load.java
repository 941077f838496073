package io.sluice.demo.bench;

import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.avro.InferenceRequest;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.util.concurrent.locks.LockSupport;

/** Sends requests: all at once, or at an even rate. */
final class Load {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final BenchTopics topics;
    private int batch;
    private final AvroCodec<InferenceRequest> codec = AvroCodec.of(InferenceRequest.class);

    Load(BenchTopics topics) {
        this.topics = topics;
    }

    void allAtOnce(int requests) {
        send(requests, 0);
    }

    void evenly(int requests, int perSecond) {
        send(requests, NANOS_PER_SECOND / perSecond);
    }

    private void send(int requests, long gapNanos) {
        batch++;
        try (KafkaProducer<byte[], byte[]> producer = topics.producer()) {
            long due = System.nanoTime();
            for (int i = 0; i < requests; i++) {
                for (long left = due - System.nanoTime();
                        left > 0;
                        left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                due += gapNanos;
                String id = batch + "-" + i;
                producer.send(
                        new ProducerRecord<>(
                                topics.requests(),
                                BenchTopics.key(id),
                                BenchTopics.request(codec, id)));
            }
        }
    }
}

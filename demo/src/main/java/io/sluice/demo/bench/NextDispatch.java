package io.sluice.demo.bench;

import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.avro.CommandType;
import io.sluice.schemas.avro.DispatchCommand;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Waits for the next request to be sent to an instance. */
final class NextDispatch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(20);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroCodec<DispatchCommand> codec = AvroCodec.of(DispatchCommand.class);

    /** After what the topic holds now. */
    NextDispatch(BenchTopics topics) {
        consumer = topics.consumer();
        List<TopicPartition> partitions =
                IntStream.range(0, topics.partitions())
                        .mapToObj(partition -> new TopicPartition(topics.dispatch(), partition))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    void await(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() - end < 0) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (isDispatch(record)) {
                    return;
                }
            }
        }
        throw new IllegalStateException("nothing was dispatched within " + patience);
    }

    private boolean isDispatch(ConsumerRecord<byte[], byte[]> record) {
        try {
            return codec.decode(record.value()).getType() == CommandType.DISPATCH;
        } catch (DecodeException e) {
            throw new IllegalStateException("the dispatch topic holds an unreadable command", e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}

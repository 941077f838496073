package io.sluice.apps.worker;

import io.sluice.apps.cli.KafkaAccess;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Makes the producers of a worker: idempotent, in order, and giving up in time. */
final class EventProducers implements Supplier<Producer<byte[], byte[]>> {

    private final KafkaAccess kafka;
    private final EventSender.Target target;

    EventProducers(KafkaAccess kafka, EventSender.Target target) {
        this.kafka = kafka;
        this.target = target;
    }

    @Override
    public Producer<byte[], byte[]> get() {
        Map<String, Object> required = new HashMap<>();
        required.put("client.id", "sluice-worker-" + target.instanceId());
        required.put("acks", "all");
        required.put("enable.idempotence", true);
        required.put("max.in.flight.requests.per.connection", 5);
        required.put("linger.ms", 0);
        // A report that comes after the lease may be read as a sign of life of the dead.
        int deliveryMillis =
                (int) Math.ceil(target.publishMillis() * (1 - EventSender.QUEUE_SHARE));
        required.put("delivery.timeout.ms", deliveryMillis);
        required.put("request.timeout.ms", deliveryMillis);
        required.put("max.block.ms", target.publishMillis());
        ByteArraySerializer bytes = new ByteArraySerializer();
        return new KafkaProducer<>(kafka.properties(Map.of(), required), bytes, bytes);
    }
}

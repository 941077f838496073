package io.sluice.jobs.io;

import io.sluice.jobs.sla.SloStateMapping;
import io.sluice.jobs.state.LogPosition;
import io.sluice.jobs.state.ObjectiveChange;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.ControlType;
import io.sluice.wire.Objectives;

import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.io.IOException;
import java.util.Set;

/**
 * Reads the changes of objectives out of the control topic. What is about something else, or cannot
 * be read at all, is passed over: the scheduler job reads the same topic and reports it.
 */
final class ObjectiveChangeSchema
        implements KafkaRecordDeserializationSchema<Decoded<ObjectiveChange>> {
    private static final long serialVersionUID = 1L;

    private static final Set<String> REPORTED_ELSEWHERE =
            Set.of(DecodeException.class.getSimpleName(), DecodingSchema.EMPTY_RECORD);

    private final DecodingSchema<ControlEvent, ObjectiveChange> all =
            new DecodingSchema<>(
                    ControlEvent.class,
                    ObjectiveChangeSchema::change,
                    TypeInformation.of(new TypeHint<Decoded<ObjectiveChange>>() {}));

    @Override
    public void deserialize(
            ConsumerRecord<byte[], byte[]> record, Collector<Decoded<ObjectiveChange>> out)
            throws IOException {
        Decoded<ObjectiveChange> decoded = all.decode(record);
        ObjectiveChange change = decoded.value();
        boolean ours =
                change == null
                        ? !REPORTED_ELSEWHERE.contains(decoded.failure().errorClass())
                        : change.set() != null || change.remove() != null;
        if (ours) {
            out.collect(decoded);
        }
    }

    private static ObjectiveChange change(ControlEvent event, LogPosition position) {
        if (event.getType() != ControlType.OBJECTIVE) {
            return new ObjectiveChange(null, null, position);
        }
        LongTexts.refuse(event);
        boolean sets = event.getObjective() != null;
        if (sets == (event.getRemoveObjective() != null)) {
            throw new IllegalArgumentException(
                    "OBJECTIVE needs one of objective and remove_objective");
        }
        return sets
                ? new ObjectiveChange(
                        SloStateMapping.state(Objectives.read(event.getObjective())),
                        null,
                        position)
                : new ObjectiveChange(null, event.getRemoveObjective(), position);
    }

    @Override
    public TypeInformation<Decoded<ObjectiveChange>> getProducedType() {
        return all.getProducedType();
    }
}

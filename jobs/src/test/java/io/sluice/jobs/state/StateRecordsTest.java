package io.sluice.jobs.state;

import io.sluice.jobs.io.DeadLetterRecord;
import io.sluice.jobs.io.Decoded;

import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.PojoTestUtils;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is persisted or shuffled is serialized field by field, which can evolve, and not by Kryo,
 * which cannot.
 */
class StateRecordsTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                LogPosition.class,
                HistogramState.class,
                SloState.class,
                VolumeState.class,
                SlaAggregateState.class,
                SlaSampleState.class,
                SlaOutcome.class,
                SeenOutcome.class,
                GroupedSample.class,
                PendingSample.class,
                SlaLevelsState.class,
                SlaWindowUpdate.class,
                SloObjectiveState.class,
                ObjectiveInForce.class,
                ObjectiveChange.class,
                AdmittedOutcome.class,
                JudgedOutcome.class,
                PendingJudgement.class,
                SloSeriesState.class,
                SloStatusUpdate.class,
                AlertUpdate.class,
                CauseMemoryState.class,
                SlotFacts.class,
                WorkerFact.class,
                CausesAt.class,
                SloSignal.class,
                DeadLetterRecord.class
            })
    void recordsAreSerializedWithoutKryo(Class<?> record) {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(record);
    }

    @Test
    void decodedNeedsNoKryoOnceItsValueIsKnown() throws IOException {
        TypeInformation<Decoded<SlaOutcome>> type =
                TypeInformation.of(new TypeHint<Decoded<SlaOutcome>>() {});
        SerializerConfigImpl strict = new SerializerConfigImpl();
        strict.setGenericTypes(false);
        LogPosition position = new LogPosition("t", 1, 2, 3);
        SlaOutcome outcome =
                new SlaOutcome(
                        "acme/r",
                        1,
                        2,
                        position,
                        null,
                        "m",
                        "acme",
                        0,
                        new SlaSampleState("Failed", 1, Double.NaN, 3, 4, 5, 6, 7, 8, 9),
                        "gold",
                        Double.NaN,
                        0);
        Decoded<SlaOutcome> decoded = Decoded.of(position, outcome);

        DataOutputSerializer out = new DataOutputSerializer(256);
        type.createSerializer(strict).serialize(decoded, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());

        assertThat(type.createSerializer(strict).deserialize(in)).isEqualTo(decoded);
    }

    @Test
    void nestedArraysInMapsSurvive() throws IOException {
        TypeInformation<SlaAggregateState> type = TypeInformation.of(SlaAggregateState.class);
        SlaAggregateState state =
                new SlaAggregateState(
                        Map.of("Completed", 2L),
                        Map.of(
                                "TTFT",
                                new HistogramState(new int[] {5, 9}, new long[] {1, 1}, 14, 5, 9)),
                        Map.of("JOINT", new SloState(2, 1)),
                        new VolumeState(1, 2, 3, 4, 5),
                        6,
                        7);
        DataOutputSerializer out = new DataOutputSerializer(256);
        type.createSerializer(new SerializerConfigImpl()).serialize(state, out);

        SlaAggregateState read =
                type.createSerializer(new SerializerConfigImpl())
                        .deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));

        assertThat(read).usingRecursiveComparison().isEqualTo(state);
    }
}

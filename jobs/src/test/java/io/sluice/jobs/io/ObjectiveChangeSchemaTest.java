package io.sluice.jobs.io;

import io.sluice.core.slo.Indicator;
import io.sluice.core.slo.SloObjective;
import io.sluice.core.slo.SloScope;
import io.sluice.core.slo.SloSelector;
import io.sluice.jobs.sla.SloStateMapping;
import io.sluice.jobs.state.ObjectiveChange;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.ControlType;
import io.sluice.schemas.avro.SloIndicator;
import io.sluice.wire.Objectives;

import org.apache.flink.api.common.functions.util.ListCollector;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ObjectiveChangeSchemaTest {

    private static final SloObjective OBJECTIVE =
            new SloObjective(
                    "chat",
                    SloSelector.ANY,
                    SloScope.TENANT,
                    new SloObjective.Promise(Indicator.TTFT, 500),
                    new SloObjective.Goal(0.99, 86_400_000));

    @Test
    void anObjectiveIsSetOrRemoved() throws Exception {
        ObjectiveChange set = only(event().setObjective(Objectives.write(OBJECTIVE))).value();
        assertThat(SloStateMapping.objective(set.set())).isEqualTo(OBJECTIVE);
        assertThat(set.remove()).isNull();

        ObjectiveChange removed = only(event().setRemoveObjective("chat")).value();
        assertThat(removed.set()).isNull();
        assertThat(removed.remove()).isEqualTo("chat");
    }

    @Test
    void whatMakesNoSenseIsADeadLetterThatSaysWhy() throws Exception {
        assertThat(only(event()).failure().message())
                .isEqualTo("OBJECTIVE needs one of objective and remove_objective");
        io.sluice.schemas.avro.SloObjective impossible =
                io.sluice.schemas.avro.SloObjective.newBuilder()
                        .setId("chat")
                        .setIndicator(SloIndicator.TTFT)
                        .setTarget(1.5)
                        .setPeriodMs(1_000)
                        .build();
        assertThat(only(event().setObjective(impossible)).failure().message())
                .contains("target = 1.5 must be a share above 0 and below 1");
    }

    @Test
    void whatTheSchedulerJobReportsIsPassedOver() throws Exception {
        ControlEvent drain = event().setType(ControlType.DRAIN).setInstanceId("gpu-1").build();

        assertThat(read(AvroCodec.of(ControlEvent.class).encode(drain))).isEmpty();
        assertThat(read(new byte[] {1, 2, 3})).isEmpty();
        assertThat(read(null)).isEmpty();
    }

    private static ControlEvent.Builder event() {
        return ControlEvent.newBuilder()
                .setType(ControlType.OBJECTIVE)
                .setFairnessId("")
                .setIssuedAt(Instant.ofEpochMilli(1));
    }

    private static Decoded<ObjectiveChange> only(ControlEvent.Builder event) throws Exception {
        List<Decoded<ObjectiveChange>> read =
                read(AvroCodec.of(ControlEvent.class).encode(event.build()));
        assertThat(read).hasSize(1);
        return read.get(0);
    }

    private static List<Decoded<ObjectiveChange>> read(byte @Nullable [] value) throws Exception {
        List<Decoded<ObjectiveChange>> read = new ArrayList<>();
        new ObjectiveChangeSchema()
                .deserialize(
                        new ConsumerRecord<>("inference.control", 0, 1, null, value),
                        new ListCollector<>(read));
        return read;
    }
}

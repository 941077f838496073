package io.sluice.jobs.io;

import io.sluice.jobs.state.AlertUpdate;
import io.sluice.jobs.state.BurnRateState;
import io.sluice.jobs.state.CauseState;
import io.sluice.jobs.state.OpenAlertState;
import io.sluice.jobs.state.SloObjectiveState;
import io.sluice.jobs.state.SloReportState;
import io.sluice.jobs.state.SloStatusUpdate;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.avro.Alert;
import io.sluice.schemas.avro.AlertCause;
import io.sluice.schemas.avro.AlertCauseKind;
import io.sluice.schemas.avro.AlertSeverity;
import io.sluice.schemas.avro.AlertState;
import io.sluice.schemas.avro.SloScope;
import io.sluice.schemas.avro.SloStatus;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Statuses and alerts as they are written to their topics. */
class AlertMappingTest {

    private static final BurnRateState SHORT = new BurnRateState(300_000, 700_000, 5, 5, 50);
    private static final BurnRateState LONG = new BurnRateState(3_600_000, 0, 90, 10, 10);
    private static final SloStatusUpdate STATUS =
            new SloStatusUpdate(
                    new SloObjectiveState(
                            "chat",
                            "TTFT",
                            Double.NaN,
                            0.99,
                            86_400_000,
                            null,
                            "llama",
                            "SHED",
                            null,
                            "TENANT"),
                    "TENANT",
                    "acme/eu",
                    new SloReportState(
                            1_000_000,
                            2,
                            3,
                            new BurnRateState(86_400_000, -86_400_000, 995, 5, 0.5),
                            List.of(SHORT, LONG)),
                    false,
                    1_000_500);

    @Test
    void aStatusSaysEverythingOnce() throws Exception {
        SloStatus status = SloStatusMapping.record(STATUS);

        assertThat(SloStatusMapping.key(STATUS)).isEqualTo("chat/TENANT/acme/eu");
        assertThat(status.getObjective().getThresholdMs()).isNull();
        assertThat(status.getObjective().getPriorityClass()).isEqualTo("shed");
        assertThat(status.getEvaluatedAt()).isEqualTo(Instant.ofEpochMilli(1_000_000));
        assertThat(status.getAttainment()).isEqualTo(0.995);
        assertThat(status.getBudgetLeft()).isEqualTo(0.5);
        assertThat(status.getMatched()).isTrue();
        assertThat(status.getLate()).isEqualTo(2);
        assertThat(status.getExcluded()).isEqualTo(3);
        assertThat(status.getBurnRates()).hasSize(2);
        assertThat(status.getBurnRates().get(0).getFrom()).isEqualTo(Instant.ofEpochMilli(700_000));
        AvroCodec<SloStatus> codec = AvroCodec.of(SloStatus.class);
        assertThat(codec.decode(codec.encode(status))).isEqualTo(status);
    }

    @Test
    void anAlertSaysWhenItBeganAndWhenItEnded() throws Exception {
        Alert open = AlertMapping.record(update("UPDATED"));
        assertThat(open.getState()).isEqualTo(AlertState.UPDATED);
        assertThat(open.getSeverity()).isEqualTo(AlertSeverity.PAGE);
        assertThat(open.getScope()).isEqualTo(SloScope.TENANT);
        assertThat(open.getOpenedAt()).isEqualTo(Instant.ofEpochMilli(900_000));
        assertThat(open.getUpdatedAt()).isEqualTo(Instant.ofEpochMilli(1_000_000));
        assertThat(open.getResolvedAt()).isNull();
        assertThat(open.getSeq()).isEqualTo(4);
        assertThat(open.getLongWindow().getBurnRate()).isEqualTo(10);
        assertThat(open.getShortWindow().getBad()).isEqualTo(5);
        assertThat(open.getMessage()).isEqualTo("too fast");

        assertThat(open.getCauses())
                .extracting(AlertCause::getKind)
                .containsExactly(AlertCauseKind.INSTANCE_LOST, AlertCauseKind.EXPIRY_WAVE);
        assertThat(open.getCauses().get(0).getInstanceId()).isEqualTo("gpu-1");
        assertThat(open.getCauses().get(0).getDetail()).isEqualTo("silent");
        assertThat(open.getCauses().get(1).getDetail())
                .isEqualTo("many; over since 1970-01-01T00:15:50Z");

        Alert over = AlertMapping.record(update("RESOLVED"));
        assertThat(over.getResolvedAt()).isEqualTo(over.getUpdatedAt());
        AvroCodec<Alert> codec = AvroCodec.of(Alert.class);
        assertThat(codec.decode(codec.encode(over))).isEqualTo(over);
    }

    private static AlertUpdate update(String kind) {
        return new AlertUpdate(
                "chat/acme/eu/PAGE@900000",
                kind,
                new OpenAlertState(
                        "PAGE", 900_000, 4, Long.MIN_VALUE, 1_000_000, 14.4, 20, 0.5, List.of()),
                STATUS,
                new AlertUpdate.Rule(14.4, LONG, SHORT),
                "too fast",
                List.of(
                        new CauseState(
                                "INSTANCE_LOST", "gpu-1", 880_000, Long.MAX_VALUE, 5_000, "silent"),
                        new CauseState("EXPIRY_WAVE", null, 890_000, 950_000, 0.05, "many")));
    }
}

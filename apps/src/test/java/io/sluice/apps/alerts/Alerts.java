package io.sluice.apps.alerts;

import io.sluice.schemas.TrustedRecords;
import io.sluice.schemas.avro.Alert;
import io.sluice.schemas.avro.AlertCause;
import io.sluice.schemas.avro.AlertCauseKind;
import io.sluice.schemas.avro.AlertSeverity;
import io.sluice.schemas.avro.AlertState;
import io.sluice.schemas.avro.BurnRate;
import io.sluice.schemas.avro.SloIndicator;
import io.sluice.schemas.avro.SloObjective;
import io.sluice.schemas.avro.SloScope;

import java.time.Instant;
import java.util.List;

/** Alerts of one objective with a budget for each tenant. */
final class Alerts {

    static final Instant OPENED = Instant.parse("2026-11-23T08:00:00Z");

    static {
        TrustedRecords.register();
    }

    private Alerts() {}

    /** Number so much of the alert of a tenant; the last one is told as resolved if it is over. */
    static Alert of(String tenant, long seq, boolean over) {
        Instant updated = OPENED.plusSeconds(60 * seq);
        AlertState going = seq == 1 ? AlertState.OPENED : AlertState.UPDATED;
        return Alert.newBuilder()
                .setAlertId("chat-ttft/" + tenant + "/PAGE@1795420800000")
                .setState(over ? AlertState.RESOLVED : going)
                .setSeverity(AlertSeverity.PAGE)
                .setObjective(objective())
                .setScope(SloScope.TENANT)
                .setScopeValue(tenant)
                .setSeq(seq)
                .setOpenedAt(OPENED)
                .setUpdatedAt(updated)
                .setResolvedAt(over ? updated : null)
                .setFactor(14.4)
                .setLongWindow(burn(3_600_000, 400, 600, 12))
                .setShortWindow(burn(300_000, 10, 90, 18))
                .setAttainment(0.91)
                .setBudgetLeft(-0.8)
                .setMessage("chat-ttft of " + tenant + " misses its target")
                .setCauses(
                        List.of(
                                AlertCause.newBuilder()
                                        .setKind(AlertCauseKind.INSTANCE_LOST)
                                        .setDetail("silent for 31 s")
                                        .setSince(OPENED)
                                        .setInstanceId("gpu-3")
                                        .build()))
                .setEmittedAt(updated)
                .build();
    }

    private static SloObjective objective() {
        return SloObjective.newBuilder()
                .setId("chat-ttft")
                .setIndicator(SloIndicator.TTFT)
                .setThresholdMs(1_000.0)
                .setTarget(0.95)
                .setPeriodMs(30L * 86_400_000)
                .setModel("llama-8b")
                .setPer(SloScope.TENANT)
                .build();
    }

    private static BurnRate burn(long window, long good, long bad, double rate) {
        return BurnRate.newBuilder()
                .setWindowMs(window)
                .setFrom(OPENED.minusMillis(window))
                .setGood(good)
                .setBad(bad)
                .setBurnRate(rate)
                .build();
    }
}

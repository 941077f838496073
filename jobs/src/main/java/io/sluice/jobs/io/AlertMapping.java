package io.sluice.jobs.io;

import io.sluice.core.slo.Cause;
import io.sluice.core.slo.SloReport;
import io.sluice.jobs.sla.SloStateMapping;
import io.sluice.jobs.state.AlertUpdate;
import io.sluice.jobs.state.CauseState;
import io.sluice.jobs.state.OpenAlertState;
import io.sluice.jobs.state.SloStatusUpdate;
import io.sluice.schemas.avro.Alert;
import io.sluice.schemas.avro.AlertCause;
import io.sluice.schemas.avro.AlertCauseKind;
import io.sluice.schemas.avro.AlertSeverity;
import io.sluice.schemas.avro.AlertState;
import io.sluice.schemas.avro.SloScope;

import java.time.Instant;

/** From what there is to tell about an alert to its record on the topic. */
final class AlertMapping {

    private AlertMapping() {}

    static String key(AlertUpdate update) {
        return update.alertId();
    }

    static Alert record(AlertUpdate update) {
        SloStatusUpdate status = update.status();
        SloReport report = SloStateMapping.report(status.report());
        OpenAlertState alert = update.alert();
        AlertState state = AlertState.valueOf(update.kind());
        Instant at = Instant.ofEpochMilli(report.atMillis());
        return Alert.newBuilder()
                .setAlertId(update.alertId())
                .setState(state)
                .setSeverity(AlertSeverity.valueOf(alert.severity()))
                .setObjective(SloStatusMapping.objective(status.objective()))
                .setScope(SloScope.valueOf(status.scope()))
                .setScopeValue(status.scopeValue())
                .setSeq(alert.seq())
                .setOpenedAt(Instant.ofEpochMilli(alert.openedAtMillis()))
                .setUpdatedAt(at)
                .setResolvedAt(state == AlertState.RESOLVED ? at : null)
                .setFactor(update.rule().factor())
                .setLongWindow(SloStatusMapping.burnRate(update.rule().longWindow()))
                .setShortWindow(SloStatusMapping.burnRate(update.rule().shortWindow()))
                .setAttainment(SloStatusMapping.orNull(report.attainment()))
                .setBudgetLeft(report.budgetLeft())
                .setMessage(update.message())
                .setCauses(update.causes().stream().map(AlertMapping::cause).toList())
                .setEmittedAt(Instant.ofEpochMilli(status.emittedAtMillis()))
                .build();
    }

    private static AlertCause cause(CauseState cause) {
        boolean over = cause.overMillis() != Cause.GOES_ON;
        String until = over ? "; over since " + Instant.ofEpochMilli(cause.overMillis()) : "";
        return AlertCause.newBuilder()
                .setKind(AlertCauseKind.valueOf(cause.kind()))
                .setDetail(cause.detail() + until)
                .setSince(Instant.ofEpochMilli(cause.sinceMillis()))
                .setInstanceId(cause.instance())
                .build();
    }
}

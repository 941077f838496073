package io.sluice.apps.page.live;

import io.sluice.schemas.TrustedRecords;
import io.sluice.schemas.avro.Alert;
import io.sluice.schemas.avro.AlertCause;
import io.sluice.schemas.avro.AlertCauseKind;
import io.sluice.schemas.avro.AlertSeverity;
import io.sluice.schemas.avro.AlertState;
import io.sluice.schemas.avro.BurnRate;
import io.sluice.schemas.avro.ConfigEvent;
import io.sluice.schemas.avro.ConfigKind;
import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.ControlType;
import io.sluice.schemas.avro.SloIndicator;
import io.sluice.schemas.avro.SloObjective;
import io.sluice.schemas.avro.SloScope;
import io.sluice.schemas.avro.SloStatus;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/** Objectives, how they stand, alerts and orders, as the topics have them. */
public final class SloRecords {

    private static final long MINUTE_MILLIS = 60_000;

    static {
        // Builders fill in defaults, for which Avro makes objects.
        TrustedRecords.register();
    }

    private SloRecords() {}

    /** The first token within a second for 95 of 100, over 30 days. */
    public static SloObjective.Builder objective(String id) {
        return SloObjective.newBuilder()
                .setId(id)
                .setIndicator(SloIndicator.TTFT)
                .setThresholdMs(1_000.0)
                .setTarget(0.95)
                .setPeriodMs(30L * 24 * 60 * MINUTE_MILLIS);
    }

    /** So many kept it and so many did not, as of a time; the burn rate follows. */
    public static SloStatus.Builder status(
            SloObjective objective, SloScope scope, String value, long[] goodAndBad, long at) {
        long good = goodAndBad[0];
        long bad = goodAndBad[1];
        double burn = burn(objective, good, bad);
        return SloStatus.newBuilder()
                .setObjective(objective)
                .setScope(scope)
                .setScopeValue(value)
                .setEvaluatedAt(Instant.ofEpochMilli(at))
                .setPeriodStart(Instant.ofEpochMilli(at - objective.getPeriodMs()))
                .setGood(good)
                .setBad(bad)
                .setExcluded(0)
                .setMatched(good + bad > 0)
                .setAttainment(good + bad > 0 ? (Double) ((double) good / (good + bad)) : null)
                .setBudgetLeft(1 - burn)
                .setBurnRates(
                        List.of(
                                window(5 * MINUTE_MILLIS, burn, good, bad, at),
                                window(60 * MINUTE_MILLIS, burn, good, bad, at)))
                .setEmittedAt(Instant.ofEpochMilli(at));
    }

    /** The burn rate of a time with so many good and bad ones. */
    public static double burn(SloObjective objective, long good, long bad) {
        return good + bad == 0 ? 0 : bad / (double) (good + bad) / (1 - objective.getTarget());
    }

    private static BurnRate window(long millis, double burn, long good, long bad, long at) {
        return new BurnRate(millis, Instant.ofEpochMilli(at - millis), good, bad, burn);
    }

    /** An alert that burns at 20 times and 30 times what the objective allows. */
    public static Alert.Builder alert(
            SloObjective objective, String tenant, AlertSeverity severity, long openedAt) {
        return Alert.newBuilder()
                .setAlertId("%s/%s/%s@%d".formatted(objective.getId(), tenant, severity, openedAt))
                .setState(AlertState.OPENED)
                .setSeverity(severity)
                .setObjective(objective)
                .setScope(SloScope.TENANT)
                .setScopeValue(tenant)
                .setSeq(1)
                .setOpenedAt(Instant.ofEpochMilli(openedAt))
                .setUpdatedAt(Instant.ofEpochMilli(openedAt))
                .setFactor(14.4)
                .setLongWindow(window(60 * MINUTE_MILLIS, 20, 100, 300, openedAt))
                .setShortWindow(window(5 * MINUTE_MILLIS, 30, 10, 90, openedAt))
                .setAttainment(0.9)
                .setBudgetLeft(-1)
                .setMessage("the budget is spent 20 times too fast")
                .setEmittedAt(Instant.ofEpochMilli(openedAt));
    }

    /** The end of an alert. */
    public static Alert.Builder resolved(Alert.Builder alert, long seq, long at) {
        return Alert.newBuilder(alert)
                .setState(AlertState.RESOLVED)
                .setSeq(seq)
                .setUpdatedAt(Instant.ofEpochMilli(at))
                .setResolvedAt(Instant.ofEpochMilli(at));
    }

    /** An order of ann's. */
    public static ControlEvent.Builder order(ControlType type) {
        return ControlEvent.newBuilder()
                .setType(type)
                .setFairnessId("")
                .setIssuedAt(Instant.EPOCH)
                .setIssuedBy("ann");
    }

    /** A policy that the job says it goes by, in its first attempt. */
    public static ConfigEvent.Builder inForce(
            String decides, String policy, long version, @Nullable String position, long at) {
        return ConfigEvent.newBuilder()
                .setKind(ConfigKind.POLICY)
                .setId(decides)
                .setName(policy)
                .setVersion(version)
                .setIssuedAt(Instant.ofEpochMilli(at))
                .setEpoch(1L)
                .setPosition(position);
    }

    /** An instance that went silent. */
    public static AlertCause lost(String instance, long since) {
        return new AlertCause(
                AlertCauseKind.INSTANCE_LOST,
                "silent for 20 s",
                Instant.ofEpochMilli(since),
                instance);
    }
}

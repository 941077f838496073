package io.sluice.apps.page.live;

import io.sluice.apps.page.live.AlertsView.AlertView;
import io.sluice.schemas.avro.Alert;
import io.sluice.schemas.avro.AlertCause;
import io.sluice.schemas.avro.AlertSeverity;
import io.sluice.schemas.avro.AlertState;
import io.sluice.schemas.avro.SloScope;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The newest record of each alert: those that are open, and those that ended a while ago. */
final class Alerts {

    /** Alerts that are kept. */
    static final int MOST_ALERTS = 5_000;

    /** Open ones that are shown one by one, and ended ones. */
    static final int MOST_ROWS = 30;

    /** For how long one that ended is shown. */
    static final long RESOLVED_MILLIS = 60 * 60_000;

    private static final int MOST_CAUSES = 8;

    private static final Comparator<AlertView> WORST_FIRST =
            Comparator.comparing((AlertView alert) -> !isPage(alert))
                    .thenComparingDouble(
                            alert -> -alert.longWindow().rate() / Math.max(alert.factor(), 1e-9))
                    .thenComparing(AlertView::id);

    private static final Comparator<AlertView> NEWEST_FIRST =
            Comparator.comparingLong((AlertView alert) -> -alert.updatedMillis())
                    .thenComparing(AlertView::id);

    private record Subject(String objective, String scope, String value) {}

    private final Map<String, AlertView> byId = new HashMap<>();
    private long newestMillis;
    private long leftOut;

    /** Takes in a record. */
    void heard(Alert alert) {
        newestMillis = Math.max(newestMillis, alert.getUpdatedAt().toEpochMilli());
        AlertView known = byId.get(alert.getAlertId());
        if (known != null && known.seq() > alert.getSeq()) {
            return;
        }
        AlertView view = view(alert);
        if (isForgotten(view, newestMillis)) {
            byId.remove(view.id());
            return;
        }
        if (known == null && byId.size() >= MOST_ALERTS) {
            byId.values().removeIf(old -> isForgotten(old, newestMillis));
        }
        if (known == null && byId.size() >= MOST_ALERTS) {
            leftOut++;
            return;
        }
        byId.put(view.id(), view);
    }

    private static boolean isForgotten(AlertView alert, long nowMillis) {
        Long resolved = alert.resolvedMillis();
        return resolved != null && nowMillis - resolved > RESOLVED_MILLIS;
    }

    private static boolean isPage(AlertView alert) {
        return alert.severity().equals(AlertSeverity.PAGE.name());
    }

    private static AlertView view(Alert alert) {
        Instant resolved = alert.getResolvedAt();
        long updated = alert.getUpdatedAt().toEpochMilli();
        boolean over = alert.getState() == AlertState.RESOLVED;
        return new AlertView(
                alert.getAlertId(),
                alert.getSeverity().name(),
                Promise.of(alert.getObjective()),
                alert.getScope().name(),
                alert.getScopeValue(),
                alert.getSeq(),
                alert.getOpenedAt().toEpochMilli(),
                updated,
                over ? (Long) (resolved == null ? updated : resolved.toEpochMilli()) : null,
                alert.getFactor(),
                SloView.Burn.of(alert.getLongWindow()),
                SloView.Burn.of(alert.getShortWindow()),
                alert.getAttainment(),
                alert.getBudgetLeft(),
                alert.getMessage(),
                alert.getCauses().stream().limit(MOST_CAUSES).map(Alerts::cause).toList(),
                Math.max(0, alert.getCauses().size() - MOST_CAUSES));
    }

    private static AlertsView.CauseView cause(AlertCause cause) {
        return new AlertsView.CauseView(
                cause.getKind().name(),
                cause.getDetail(),
                cause.getSince().toEpochMilli(),
                cause.getInstanceId());
    }

    /** The most urgent open alert of each subject, for questions about several. */
    Severities severities() {
        Map<Subject, String> worst = new HashMap<>();
        for (AlertView alert : byId.values()) {
            if (alert.isOpen()) {
                worst.merge(
                        new Subject(alert.promise().id(), alert.scope(), alert.value()),
                        alert.severity(),
                        (one, other) -> isPage(alert) ? alert.severity() : one);
            }
        }
        return (objective, scope, value) -> worst.get(new Subject(objective, scope, value));
    }

    /** What is open for whom. */
    interface Severities {

        /** The most urgent severity that is open; null if none is. */
        @Nullable String of(String objective, String scope, String value);
    }

    AlertsView view(long nowMillis, Selection selection) {
        byId.values().removeIf(old -> isForgotten(old, nowMillis));
        List<AlertView> open = selected(selection).filter(AlertView::isOpen).toList();
        List<AlertView> over = selected(selection).filter(alert -> !alert.isOpen()).toList();
        return new AlertsView(
                open.stream().sorted(WORST_FIRST).limit(MOST_ROWS).toList(),
                Math.max(0, open.size() - MOST_ROWS),
                (int) byId.values().stream().filter(AlertView::isOpen).count() - open.size(),
                (int) open.stream().filter(Alerts::isPage).count(),
                over.stream().sorted(NEWEST_FIRST).limit(MOST_ROWS).toList(),
                Math.max(0, over.size() - MOST_ROWS),
                leftOut);
    }

    private Stream<AlertView> selected(Selection selection) {
        return byId.values().stream()
                .filter(alert -> alert.promise().concerns(selection))
                .filter(
                        alert ->
                                Promise.concerns(
                                        SloScope.valueOf(alert.scope()), alert.value(), selection));
    }
}

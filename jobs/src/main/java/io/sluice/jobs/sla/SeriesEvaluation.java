package io.sluice.jobs.sla;

import io.sluice.core.slo.AlertCauses;
import io.sluice.core.slo.AlertChange;
import io.sluice.core.slo.AlertRules;
import io.sluice.core.slo.AlertSeverity;
import io.sluice.core.slo.Cause;
import io.sluice.core.slo.OpenAlert;
import io.sluice.core.slo.SlidingCounts;
import io.sluice.core.slo.SloReport;
import io.sluice.core.slo.SloScope;
import io.sluice.core.slo.SlotScale;
import io.sluice.jobs.state.AlertUpdate;
import io.sluice.jobs.state.OpenAlertState;
import io.sluice.jobs.state.PendingJudgement;
import io.sluice.jobs.state.SloSeriesState;
import io.sluice.jobs.state.SloStatusUpdate;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** One evaluation of one series, at the end of a slot. */
final class SeriesEvaluation {

    private final SloSeries key;
    private final SlotScale scale;
    private final AlertRules rules;
    private final Moment moment;
    private final List<Cause> causes;
    private final List<SloStatusUpdate> statuses = new ArrayList<>();
    private final List<AlertUpdate> alerts = new ArrayList<>();
    private final Map<AlertSeverity, OpenAlert> open = new EnumMap<>(AlertSeverity.class);

    private ObjectiveBook.@Nullable Entry objective;
    private SlidingCounts counts;
    private @Nullable SloReport published;
    private ObjectiveBook.@Nullable Entry publishedFor;
    private long evaluatedAtMillis = Long.MIN_VALUE;

    /**
     * When a series is evaluated.
     *
     * @param atMillis end of the slot, in log time
     * @param emittedAtMillis clock of the job
     */
    record Moment(long atMillis, long emittedAtMillis) {}

    /**
     * An evaluation.
     *
     * @param key the series
     * @param settings what to say about objectives
     * @param moment when
     * @param causes all there are at that moment, in the order of their beginning
     */
    SeriesEvaluation(SloSeries key, SloSettings settings, Moment moment, List<Cause> causes) {
        this.key = key;
        this.scale = settings.scale();
        this.rules = settings.rules();
        this.moment = moment;
        this.counts = new SlidingCounts(scale);
        this.causes = AlertCauses.of(causes, key.instance());
    }

    /**
     * Takes up what is kept of the series.
     *
     * @param kept its state; null if it is new
     * @param inForce the objective as it is in force; null if it is no more
     */
    void start(@Nullable SloSeriesState kept, ObjectiveBook.@Nullable Entry inForce) {
        objective = inForce;
        if (kept == null) {
            return;
        }
        ObjectiveBook.Entry before = ObjectiveBook.Entry.of(kept.objective());
        counts = SloStateMapping.counts(kept.levels(), scale);
        evaluatedAtMillis = kept.evaluatedAtMillis();
        for (OpenAlertState alert : kept.alerts()) {
            OpenAlert opened = SloStateMapping.alert(alert);
            open.put(opened.severity(), opened);
        }
        published = kept.published() == null ? null : SloStateMapping.report(kept.published());
        publishedFor = before;
        SloReport last = report(before);
        if (inForce == null) {
            abandon(before, last);
            tell(before, last, true);
        } else if (inForce.definition() != before.definition()
                || kept.slotMillis() != scale.slotMillis()) {
            abandon(before, last);
            published = null;
        }
    }

    /** Ends the alerts of an objective that is no more, and forgets what it counted. */
    private void abandon(ObjectiveBook.Entry before, SloReport last) {
        for (OpenAlert alert : open.values()) {
            tell(before, rules.abandoned(alert, last));
        }
        open.clear();
        counts = new SlidingCounts(scale);
    }

    private SloReport report(ObjectiveBook.Entry of) {
        return SloReport.of(counts, of.objective().goal(), scale, moment.atMillis());
    }

    /** Counts the verdicts that were made by the objective in force. */
    void count(Iterable<PendingJudgement> pending) {
        for (PendingJudgement judged : pending) {
            if (objective != null
                    && judged.definition() == objective.definition()
                    && judged.verdict() != PendingJudgement.NOTHING) {
                counts.add(judged.timeMillis(), SlaStateMapping.counts(judged.verdict()));
            }
        }
    }

    /** Says how the series stands, and what has become of its alerts. */
    void evaluate() {
        if (objective == null || moment.atMillis() <= evaluatedAtMillis) {
            return;
        }
        evaluatedAtMillis = moment.atMillis();
        counts.prune(evaluatedAtMillis, objective.objective().goal().periodMillis());
        SloReport report = report(objective);
        if (isOver()) {
            tell(objective, report, true);
            return;
        }
        if (key.scope() == objective.objective().per()) {
            for (AlertSeverity severity : AlertSeverity.values()) {
                step(severity, objective, report);
            }
        }
        if (isNews(report, objective)) {
            tell(objective, report, false);
            published = report;
        }
    }

    private void step(AlertSeverity severity, ObjectiveBook.Entry of, SloReport report) {
        AlertRules.Step step =
                rules.step(
                        severity,
                        open.get(severity),
                        report,
                        causes.stream().map(Cause::name).toList());
        if (step.open() == null) {
            open.remove(severity);
        } else {
            open.put(severity, step.open());
        }
        if (step.change() != null) {
            tell(of, step.change());
        }
    }

    /**
     * Whether a reader must hear of it: the numbers have changed, or time has gone on for a slot of
     * the coarsest resolution.
     */
    private boolean isNews(SloReport report, ObjectiveBook.Entry of) {
        return published == null
                || publishedFor == null
                || !published.saysTheSameAs(report)
                || !publishedFor.state().equals(of.state())
                || report.atMillis() - published.atMillis()
                        >= scale.lengthMillis(SlotScale.LEVELS - 1);
    }

    /** A value that nobody had for so long is forgotten; the whole of an objective never is. */
    private boolean isOver() {
        return counts.isEmpty() && open.isEmpty() && key.scope() != SloScope.ALL;
    }

    private void tell(ObjectiveBook.Entry of, SloReport report, boolean removed) {
        statuses.add(status(of, report, removed));
    }

    private SloStatusUpdate status(ObjectiveBook.Entry of, SloReport report, boolean removed) {
        return new SloStatusUpdate(
                of.state(),
                key.scope().name(),
                key.value(),
                SloStateMapping.state(report),
                removed,
                moment.emittedAtMillis());
    }

    private void tell(ObjectiveBook.Entry of, AlertChange change) {
        alerts.add(
                new AlertUpdate(
                        change.alertId(key.objective(), key.value()),
                        change.kind().name(),
                        SloStateMapping.state(change.alert()),
                        status(of, change.report(), false),
                        new AlertUpdate.Rule(
                                change.rule().factor(),
                                SloStateMapping.state(change.longWindow()),
                                SloStateMapping.state(change.shortWindow())),
                        change.inWords(of.objective(), key.value()),
                        causes.stream().map(CauseStateMapping::state).toList()));
    }

    /** What is to be published of the series. */
    List<SloStatusUpdate> statuses() {
        return statuses;
    }

    /** What is to be told about its alerts. */
    List<AlertUpdate> alerts() {
        return alerts;
    }

    /** What is to be kept of the series; null if nothing. */
    @Nullable SloSeriesState toState() {
        if (objective == null || isOver()) {
            return null;
        }
        return new SloSeriesState(
                objective.state(),
                SloStateMapping.levels(counts),
                open.values().stream().map(SloStateMapping::state).toList(),
                published == null ? null : SloStateMapping.state(published),
                evaluatedAtMillis,
                scale.slotMillis());
    }

    /**
     * End of the slot at which the series is to be evaluated again, even if nothing arrives: the
     * next one while something can happen, a later one while counts only grow old.
     */
    OptionalLong nextEnd() {
        if (objective == null || isOver()) {
            return OptionalLong.empty();
        }
        boolean quiet = open.isEmpty() && !counts.reaches(moment.atMillis());
        return OptionalLong.of(
                quiet
                        ? scale.floor(1, moment.atMillis()) + scale.lengthMillis(1)
                        : moment.atMillis() + scale.slotMillis());
    }
}

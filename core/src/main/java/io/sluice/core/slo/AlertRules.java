package io.sluice.core.slo;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides at the end of each slot whether an alert opens, has changed, or is over. A function of
 * the report and of what is remembered of the open alert, so that it decides the same after a
 * restart.
 *
 * <p>It opens when a rule of its severity burns and the short window has enough requests for that
 * to mean something. It is told again when another rule burns, the burn rate has changed by a
 * quarter, a further tenth of the budget has gone, or something new may be why, but not more often
 * than every {@link Thresholds#quietMillis}. It is over when no rule of its severity has burnt, at
 * {@link Thresholds#calmShare} of its factor, for {@link Thresholds#holdMillis}.
 *
 * @param rules the rules, most urgent first
 * @param thresholds when they speak
 */
public record AlertRules(List<BurnRule> rules, Thresholds thresholds) {

    private static final double BURN_STEP = 1.25;
    private static final double BUDGET_STEPS = 10;

    /** Copies the list. */
    public AlertRules {
        rules = List.copyOf(rules);
    }

    /**
     * When rules speak.
     *
     * @param minRequests requests that the short window must have for an alert to open
     * @param calmShare share of a rule's factor below which it is calm, above 0 and at most 1
     * @param holdMillis how long it must be calm to be over
     * @param quietMillis shortest time between two updates
     */
    public record Thresholds(
            long minRequests, double calmShare, long holdMillis, long quietMillis) {

        /** Rejects what would never open, or close as soon as it opened. */
        public Thresholds {
            if (minRequests < 1 || !(calmShare > 0 && calmShare <= 1)) {
                throw new IllegalArgumentException(
                        "An alert needs at least 1 request, got %d, and a calm share above 0 and at most 1, got %s"
                                .formatted(minRequests, calmShare));
            }
            if (holdMillis < 0 || quietMillis < 0) {
                throw new IllegalArgumentException(
                        "Times must not be negative: hold %d, quiet %d ms"
                                .formatted(holdMillis, quietMillis));
            }
        }
    }

    /**
     * The rules of the workbook; calm is below 80 % of a factor for five minutes of the scale.
     *
     * @param scale how long the windows are
     * @param minRequests requests that the short window must have for an alert to open
     */
    public static AlertRules workbook(SlotScale scale, long minRequests) {
        Thresholds thresholds =
                new Thresholds(minRequests, 0.8, scale.fiveMinutes(), scale.lengthMillis(1));
        return new AlertRules(BurnRule.workbook(scale), thresholds);
    }

    /**
     * What one evaluation comes to.
     *
     * @param open the alert to remember; null if none is open
     * @param change what to tell; null if nothing
     */
    public record Step(@Nullable OpenAlert open, @Nullable AlertChange change) {}

    /**
     * Evaluates one severity.
     *
     * @param severity the severity
     * @param open its open alert, or null
     * @param report the numbers at the end of a slot
     * @param causes names of what may be why: a new one is to be told, and nothing else depends on
     *     them
     */
    public Step step(
            AlertSeverity severity,
            @Nullable OpenAlert open,
            SloReport report,
            List<String> causes) {
        if (open == null) {
            return opened(severity, report, causes);
        }
        if (burning(severity, report, thresholds.calmShare()).isEmpty()) {
            return calm(open, report);
        }
        OpenAlert burning = open.calmSince(OpenAlert.NOT_CALM);
        return updated(burning, told(ruleOf(burning, report), report, causes), report);
    }

    /** The end of an alert whose objective is no more. */
    public AlertChange abandoned(OpenAlert open, SloReport report) {
        return resolved(open, report);
    }

    private Step opened(AlertSeverity severity, SloReport report, List<String> causes) {
        Optional<BurnRule> fired =
                rules.stream()
                        .filter(rule -> rule.severity() == severity && rule.burns(report, 1))
                        .filter(hasEnough(report))
                        .findFirst();
        if (fired.isEmpty()) {
            return new Step(null, null);
        }
        OpenAlert alert =
                new OpenAlert(
                        severity,
                        report.atMillis(),
                        1,
                        told(fired.get(), report, causes),
                        OpenAlert.NOT_CALM);
        return new Step(
                alert, new AlertChange(AlertChange.Kind.OPENED, alert, fired.get(), report));
    }

    private Predicate<BurnRule> hasEnough(SloReport report) {
        return rule -> report.burnRate(rule.shortMillis()).counted() >= thresholds.minRequests();
    }

    private Step calm(OpenAlert open, SloReport report) {
        long since =
                open.calmSinceMillis() == OpenAlert.NOT_CALM
                        ? report.atMillis()
                        : open.calmSinceMillis();
        if (report.atMillis() - since < thresholds.holdMillis()) {
            return new Step(open.calmSince(since), null);
        }
        return new Step(null, resolved(open.calmSince(since), report));
    }

    private AlertChange resolved(OpenAlert open, SloReport report) {
        BurnRule rule = ruleOf(open, report);
        OpenAlert last = open.telling(told(rule, report, open.told().causes()));
        return new AlertChange(AlertChange.Kind.RESOLVED, last, rule, report);
    }

    private Step updated(OpenAlert open, OpenAlert.Told now, SloReport report) {
        boolean quiet = now.atMillis() - open.told().atMillis() < thresholds.quietMillis();
        if (quiet || !isNews(open.told(), now)) {
            return new Step(open, null);
        }
        OpenAlert next = open.telling(now);
        BurnRule rule = ruleOf(next, report);
        return new Step(next, new AlertChange(AlertChange.Kind.UPDATED, next, rule, report));
    }

    private static boolean isNews(OpenAlert.Told before, OpenAlert.Told now) {
        double lower = Math.min(before.burnRate(), now.burnRate());
        double higher = Math.max(before.burnRate(), now.burnRate());
        return before.factor() != now.factor()
                || higher >= lower * BURN_STEP
                || tenth(before.budgetLeft()) != tenth(now.budgetLeft())
                || !before.causes().containsAll(now.causes());
    }

    private static double tenth(double budgetLeft) {
        return Math.floor(budgetLeft * BUDGET_STEPS);
    }

    private Optional<BurnRule> burning(AlertSeverity severity, SloReport report, double share) {
        return rules.stream()
                .filter(rule -> rule.severity() == severity && rule.burns(report, share))
                .findFirst();
    }

    /** The most urgent rule that burns, or else the one that was told last. */
    private BurnRule ruleOf(OpenAlert open, SloReport report) {
        return burning(open.severity(), report, 1)
                .or(
                        () ->
                                rules.stream()
                                        .filter(rule -> rule.severity() == open.severity())
                                        .filter(rule -> rule.factor() == open.told().factor())
                                        .findFirst())
                .orElseGet(() -> anyOf(open.severity()));
    }

    /** For an alert that was opened under rules that are no more. */
    private BurnRule anyOf(AlertSeverity severity) {
        return rules.stream()
                .filter(rule -> rule.severity() == severity)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "No rule has severity %s".formatted(severity)));
    }

    private static OpenAlert.Told told(BurnRule rule, SloReport report, List<String> causes) {
        return new OpenAlert.Told(
                report.atMillis(),
                rule.factor(),
                report.burnRate(rule.longMillis()).rate(),
                report.budgetLeft(),
                causes);
    }
}

package io.sluice.core.slo;

/**
 * Something to tell about an alert.
 *
 * @param kind what
 * @param alert the alert as it is now, or was last
 * @param rule the rule that it is about
 * @param report the numbers
 */
public record AlertChange(Kind kind, OpenAlert alert, BurnRule rule, SloReport report) {

    /** What is told. */
    public enum Kind {
        /** It began. */
        OPENED,
        /** It goes on and has changed. */
        UPDATED,
        /** It is over. */
        RESOLVED
    }

    /** Burn rate that makes it matter. */
    public BurnRate longWindow() {
        return report.burnRate(rule.longMillis());
    }

    /** Burn rate that shows whether it goes on. */
    public BurnRate shortWindow() {
        return report.burnRate(rule.shortMillis());
    }

    /**
     * Its name, the same as long as it lasts.
     *
     * @param objective id of the objective
     * @param scopeValue value of its series
     */
    public String alertId(String objective, String scopeValue) {
        return "%s/%s/%s@%d"
                .formatted(objective, scopeValue, alert.severity(), alert.openedAtMillis());
    }

    /**
     * What is told, for people.
     *
     * @param objective the objective
     * @param scopeValue value of its series
     */
    public String inWords(SloObjective objective, String scopeValue) {
        BurnRate longer = longWindow();
        BurnRate shorter = shortWindow();
        String what =
                kind == Kind.RESOLVED
                        ? "no longer spends its error budget too fast"
                        : "spends its error budget too fast";
        return "%s, %s: %s (%s): burn rate %.1f over %s and %.1f over %s, limit %s; %.1f %% of the budget of %s is left"
                .formatted(
                        objective.id(),
                        scopeValue,
                        what,
                        objective.inWords(),
                        longer.rate(),
                        length(longer.windowMillis()),
                        shorter.rate(),
                        length(shorter.windowMillis()),
                        rule.factor(),
                        report.budgetLeft() * 100,
                        length(report.period().windowMillis()));
    }

    private static String length(long millis) {
        long minute = 60_000;
        if (millis % (60 * minute) == 0) {
            return millis / (60 * minute) + " h";
        }
        return millis % minute == 0 ? millis / minute + " min" : millis / 1_000.0 + " s";
    }
}

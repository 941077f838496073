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
}

package io.sluice.core.slo;

import java.util.List;

/**
 * When a budget is spent too fast: faster than the factor over the long window, so that it matters,
 * and over the short one, so that it still goes on.
 *
 * <p>The rules in use are those of "The Site Reliability Workbook" (Beyer et al., O'Reilly 2018),
 * chapter 5, "Multiwindow, Multi-Burn-Rate Alerts": reckoned for a period of 30 days, they speak up
 * when 2 % of the budget went in one hour, 5 % in six hours, or 10 % in three days.
 *
 * @param severity what an alert of this rule is
 * @param factor burn rate that both windows must exceed
 * @param longMillis length of the long window
 * @param shortMillis length of the short window, a twelfth of the other
 */
public record BurnRule(AlertSeverity severity, double factor, long longMillis, long shortMillis) {

    /** The rules, most urgent first. */
    public static List<BurnRule> workbook(SlotScale scale) {
        return List.of(
                new BurnRule(AlertSeverity.PAGE, 14.4, scale.hour(), scale.fiveMinutes()),
                new BurnRule(AlertSeverity.PAGE, 6, scale.sixHours(), scale.halfAnHour()),
                new BurnRule(AlertSeverity.TICKET, 1, scale.threeDays(), scale.sixHours()));
    }

    /** Whether both windows burn faster than the factor, or than a share of it. */
    boolean burns(SloReport report, double share) {
        return report.burnRate(longMillis).rate() > factor * share
                && report.burnRate(shortMillis).rate() > factor * share;
    }
}

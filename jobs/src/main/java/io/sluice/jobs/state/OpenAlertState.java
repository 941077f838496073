package io.sluice.jobs.state;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * An alert while it is open.
 *
 * @param severity name of the severity
 * @param openedAtMillis end of the slot that opened it
 * @param seq number of its last record
 * @param calmSinceMillis since when it has been calm
 * @param toldAtMillis end of the slot that its last record was made by
 * @param toldFactor what that said: factor of the rule
 * @param toldBurnRate what that said: burn rate
 * @param toldBudgetLeft what that said: share of the budget that was left
 * @param toldCauses what that said: names of what may be why; null before there were any
 */
public record OpenAlertState(
        String severity,
        long openedAtMillis,
        long seq,
        long calmSinceMillis,
        long toldAtMillis,
        double toldFactor,
        double toldBurnRate,
        double toldBudgetLeft,
        @Nullable List<String> toldCauses) {}

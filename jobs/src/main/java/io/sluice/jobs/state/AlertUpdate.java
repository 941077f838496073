package io.sluice.jobs.state;

import java.util.List;

/**
 * Something to tell about an alert.
 *
 * @param alertId its name
 * @param kind name of what is told
 * @param alert the alert
 * @param status how its series stands
 * @param rule when it speaks
 * @param message for people
 * @param causes what may be why, in the order of its beginning
 */
public record AlertUpdate(
        String alertId,
        String kind,
        OpenAlertState alert,
        SloStatusUpdate status,
        Rule rule,
        String message,
        List<CauseState> causes) {

    /**
     * The rule that an alert is about.
     *
     * @param factor burn rate that both windows had to exceed
     * @param longWindow burn rate over the long window
     * @param shortWindow burn rate over the short window
     */
    public record Rule(double factor, BurnRateState longWindow, BurnRateState shortWindow) {}
}

package io.sluice.apps.page.live;

import io.sluice.schemas.avro.BurnRate;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * How the objectives stand, from settled outcomes.
 *
 * @param objectives those that are shown, worst first
 * @param others how many there are beside them
 * @param asOfMillis end of the newest slot that was counted, broker time; 0 if there is none
 * @param leftOut statuses of values beyond those that are kept
 */
public record SloView(List<ObjectiveView> objectives, int others, long asOfMillis, long leftOut) {

    /**
     * An objective.
     *
     * @param promise what is promised
     * @param all of all its requests; null if it has not been told
     * @param values by value if it is reckoned so, worst first
     * @param others values beside those that are shown
     * @param spent values, shown or not, whose error budget is spent
     */
    public record ObjectiveView(
            Promise promise,
            @Nullable Standing all,
            List<Standing> values,
            int others,
            int spent) {}

    /**
     * How an objective stands for one value.
     *
     * @param scope what the requests share
     * @param value the value they share
     * @param good requests of the period that kept the promise
     * @param bad those that did not
     * @param excluded those that were selected and do not count
     * @param late outcomes that came too late to be counted
     * @param matched whether any request was selected; if not, nothing can be said
     * @param attainment kept share of those that count, 0 to 1; null if none counts
     * @param budgetLeft share of the error budget that is left; negative if overspent
     * @param burns how fast it was spent, shortest window first
     * @param evaluatedMillis end of what is counted
     * @param alert how urgent the most urgent alert that is open for it is; null if none is
     */
    public record Standing(
            String scope,
            String value,
            long good,
            long bad,
            long excluded,
            long late,
            boolean matched,
            @Nullable Double attainment,
            double budgetLeft,
            List<Burn> burns,
            long evaluatedMillis,
            @Nullable String alert) {

        Standing with(@Nullable String severity) {
            return new Standing(
                    scope,
                    value,
                    good,
                    bad,
                    excluded,
                    late,
                    matched,
                    attainment,
                    budgetLeft,
                    burns,
                    evaluatedMillis,
                    severity);
        }
    }

    /**
     * How fast a budget was spent in the last time.
     *
     * @param windowMillis length of that time
     * @param rate 1 spends the budget exactly in one period
     * @param requests good and bad ones in it
     */
    public record Burn(long windowMillis, double rate, long requests) {

        static Burn of(BurnRate burn) {
            return new Burn(burn.getWindowMs(), burn.getBurnRate(), burn.getGood() + burn.getBad());
        }
    }
}

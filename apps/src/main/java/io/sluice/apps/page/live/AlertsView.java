package io.sluice.apps.page.live;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Alerts, from settled outcomes.
 *
 * @param open those that are open and shown, worst first
 * @param otherOpen open ones beside them
 * @param hiddenOpen open ones that are not selected
 * @param pages open ones for which somebody is to be woken, shown or not
 * @param resolved those that ended in the last hour and are shown, newest first
 * @param otherResolved such ones beside them
 * @param leftOut records of alerts beyond those that are kept
 */
public record AlertsView(
        List<AlertView> open,
        int otherOpen,
        int hiddenOpen,
        int pages,
        List<AlertView> resolved,
        int otherResolved,
        long leftOut) {

    /**
     * An alert.
     *
     * @param id its id
     * @param severity how urgent it is
     * @param promise the objective
     * @param scope what the requests concerned share
     * @param value the value they share
     * @param seq number of its newest record
     * @param openedMillis since when
     * @param updatedMillis as of when
     * @param resolvedMillis until when; null while it is open
     * @param factor burn rate that both windows exceeded
     * @param longWindow what makes it matter
     * @param shortWindow what shows that it goes on
     * @param attainment kept share in the period; null if none counts
     * @param budgetLeft share of the error budget that is left; negative if overspent
     * @param message what is wrong
     * @param causes what may be why, in the order of their beginning
     * @param otherCauses causes beside those
     */
    public record AlertView(
            String id,
            String severity,
            Promise promise,
            String scope,
            String value,
            long seq,
            long openedMillis,
            long updatedMillis,
            @Nullable Long resolvedMillis,
            double factor,
            SloView.Burn longWindow,
            SloView.Burn shortWindow,
            @Nullable Double attainment,
            double budgetLeft,
            String message,
            List<CauseView> causes,
            int otherCauses) {

        boolean isOpen() {
            return resolvedMillis == null;
        }
    }

    /**
     * What may be why.
     *
     * @param kind what was seen
     * @param detail the numbers, for people
     * @param sinceMillis since when
     * @param instance where; null: nowhere in particular
     */
    public record CauseView(
            String kind, String detail, long sinceMillis, @Nullable String instance) {}
}

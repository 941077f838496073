package io.sluice.apps.sla;

import java.util.List;
import java.util.Map;

/**
 * What a verification found.
 *
 * @param range what it was asked for
 * @param outcomes what happened to the outcomes
 * @param compared windows compared, by length in milliseconds
 * @param differences the largest differences
 * @param findings everything that is wrong
 * @param open windows that may still change, and were left out
 * @param inSum windows of which only the requests were compared, together, since values got or lost
 *     their place within them
 */
record VerifyResult(
        TimeRange range,
        OutcomeLog.Tally outcomes,
        Map<Long, Long> compared,
        Differences differences,
        List<Finding> findings,
        long open,
        long inSum) {

    /** Windows compared, of all lengths. */
    long windows() {
        return compared.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether something was compared, and everything is as promised. */
    boolean isGood() {
        return windows() > 0 && findings.isEmpty();
    }

    long findings(Finding.Kind kind) {
        return findings.stream().filter(finding -> finding.kind() == kind).count();
    }
}

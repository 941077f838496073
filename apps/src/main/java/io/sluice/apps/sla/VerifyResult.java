package io.sluice.apps.sla;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a verification found.
 *
 * @param range what it was asked for
 * @param outcomes what happened to the outcomes
 * @param windows what was found of the windows
 * @param objectives what was found of the objectives
 */
record VerifyResult(
        TimeRange range,
        OutcomeLog.Tally outcomes,
        Verification.Windows windows,
        SloVerification.Result objectives) {

    /** Windows compared, of all lengths; those of objectives not among them. */
    long compared() {
        return windows.compared().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether something was compared, and everything is as promised. */
    boolean isGood() {
        return compared() > 0 && findings().isEmpty();
    }

    /** Everything that is wrong. */
    List<Finding> findings() {
        return Stream.concat(windows.findings().stream(), objectives.findings().stream()).toList();
    }

    /** Windows with which something of that kind is wrong; those of objectives not among them. */
    long findings(Finding.Kind kind) {
        return windows.findings().stream().filter(finding -> finding.kind() == kind).count();
    }
}

package io.sluice.audit;

import java.util.List;

/**
 * What an audit found.
 *
 * @param outcomes requests and how they ended
 * @param runs what was run
 * @param comparedPairs pairs of commands whose order was looked at
 * @param findings what must not be; empty if every promise is kept
 */
public record AuditReport(
        OutcomeFigures outcomes, RunFigures runs, long comparedPairs, List<Finding> findings) {

    /** Copies the list. */
    public AuditReport {
        findings = List.copyOf(findings);
    }

    /** How often a promise is broken. */
    public long broken(Finding.Promise promise) {
        return findings.stream().filter(finding -> finding.promise() == promise).count();
    }
}

package io.sluice.demo.chaos;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/**
 * How a round went.
 *
 * @param number from 1; 0 for the one before any fault
 * @param faults that were injected
 * @param audit of all topics after the round
 * @param broken what else was not as it must be
 */
record RoundResult(int number, List<StruckFault> faults, JsonNode audit, List<String> broken) {

    /** Copies the lists. */
    RoundResult {
        faults = List.copyOf(faults);
        broken = List.copyOf(broken);
    }

    /** Everything that is wrong after the round, each in a line. */
    List<String> findings() {
        List<String> findings = new ArrayList<>(AuditRun.findings(audit));
        findings.addAll(broken);
        return findings;
    }
}

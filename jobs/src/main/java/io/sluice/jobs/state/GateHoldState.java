package io.sluice.jobs.state;

import io.sluice.core.kernel.RouteRecord.GateHold;
import io.sluice.core.kernel.Verdict;
import io.sluice.core.model.Outcome;

import org.jspecify.annotations.Nullable;

/**
 * That the gate keeps a request from being assigned.
 *
 * @param outcome how the gate says that it should end, by name; null while it waits for others
 * @param code machine-readable reason, or null
 * @param message reason for people, or null
 */
public record GateHoldState(
        @Nullable String outcome, @Nullable String code, @Nullable String message) {

    /** The state form. */
    public static GateHoldState of(GateHold hold) {
        Verdict verdict = hold.verdict();
        return verdict == null
                ? new GateHoldState(null, null, null)
                : new GateHoldState(verdict.outcome().name(), verdict.code(), verdict.message());
    }

    /** The kernel's form. A verdict that does not depend on the moment is never kept. */
    public GateHold toCore() {
        return outcome == null
                ? new GateHold(null)
                : new GateHold(
                        new Verdict(
                                Outcome.valueOf(outcome),
                                code,
                                message == null ? "" : message,
                                true));
    }
}

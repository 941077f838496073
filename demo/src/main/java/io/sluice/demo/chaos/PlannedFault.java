package io.sluice.demo.chaos;

import java.time.Duration;

/**
 * A fault of a plan.
 *
 * @param at from the start of its round's load
 * @param lasting until it is healed
 * @param draw which of several possible targets it strikes: their number divides it
 */
record PlannedFault(FaultKind kind, Duration at, Duration lasting, int draw) {

    /** When it is healed, from the start of its round's load. */
    Duration healedAt() {
        return at.plus(lasting);
    }
}

package io.sluice.jobs.io;

import io.sluice.jobs.state.LogPosition;

/**
 * A record put aside, with where it came from and why.
 *
 * @param position where it is in the log; identifies it
 * @param raw its bytes, or {@link RawMessage#NOT_KEPT}
 * @param failure why
 * @param atMillis when, by the clock of the job
 */
public record DeadLetterRecord(
        LogPosition position, RawMessage raw, Failure failure, long atMillis) {}

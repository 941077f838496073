package io.sluice.apps.spans;

/**
 * What became of the outcomes that were read.
 *
 * @param exported requests whose spans a receiver has
 * @param unasked without a trace context, or with one that does not want to be recorded
 * @param wrongContext with a trace context that is none
 * @param unread whose request was never read, so that it is not known when they began
 * @param refused requests in messages that a receiver has refused, in whole or in part
 * @param unreadable records that are no outcome, and no decision
 * @param failures attempts to send that failed and were made again
 */
record SpanTally(
        long exported,
        long unasked,
        long wrongContext,
        long unread,
        long refused,
        long unreadable,
        long failures) {

    static final SpanTally ZERO = new SpanTally(0, 0, 0, 0, 0, 0, 0);

    SpanTally plus(SpanTally more) {
        return new SpanTally(
                exported + more.exported,
                unasked + more.unasked,
                wrongContext + more.wrongContext,
                unread + more.unread,
                refused + more.refused,
                unreadable + more.unreadable,
                failures + more.failures);
    }

    static SpanTally ofExported(long requests) {
        return new SpanTally(requests, 0, 0, 0, 0, 0, 0);
    }

    static SpanTally ofRefused(long requests) {
        return new SpanTally(0, 0, 0, 0, requests, 0, 0);
    }

    static final SpanTally UNASKED = new SpanTally(0, 1, 0, 0, 0, 0, 0);
    static final SpanTally WRONG_CONTEXT = new SpanTally(0, 0, 1, 0, 0, 0, 0);
    static final SpanTally UNREAD = new SpanTally(0, 0, 0, 1, 0, 0, 0);
    static final SpanTally UNREADABLE = new SpanTally(0, 0, 0, 0, 0, 1, 0);
    static final SpanTally FAILURE = new SpanTally(0, 0, 0, 0, 0, 0, 1);
}

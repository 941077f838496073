package io.sluice.apps.page;

/**
 * How the reading of the topics goes.
 *
 * @param state the state
 * @param sinceMillis since when, milliseconds since the epoch by the clock of this machine
 * @param detail what people should know of it; may be empty
 */
record FeedStatus(State state, long sinceMillis, String detail) {

    /** States of the reading. */
    enum State {
        /** Has not heard of the broker yet. */
        CONNECTING,
        /** Reads what is older than the page. */
        READING_BACK,
        /** Up to date. */
        LIVE,
        /** Up to date, but some topics do not exist. */
        TOPICS_MISSING,
        /** The broker does not answer. */
        UNREACHABLE
    }

    /** Another state from now on; this one if nothing changes. */
    FeedStatus then(State next, String why, long nowMillis) {
        return next == state && why.equals(detail) ? this : new FeedStatus(next, nowMillis, why);
    }
}

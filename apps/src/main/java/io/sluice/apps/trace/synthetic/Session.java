package io.sluice.apps.trace.synthetic;

/** A conversation in progress. */
final class Session {

    private final long number;
    private final long sharedKey;
    private final int sharedTokens;
    private final int priority;
    private int historyTokens;
    private double readySeconds;

    /**
     * A session before its first turn.
     *
     * @param number unique among all sessions
     * @param sharedKey names the text with which its prompts start
     * @param sharedTokens length of that text
     * @param priority of all its requests
     */
    Session(long number, long sharedKey, int sharedTokens, int priority) {
        this.number = number;
        this.sharedKey = sharedKey;
        this.sharedTokens = sharedTokens;
        this.priority = priority;
    }

    long number() {
        return number;
    }

    long sharedKey() {
        return sharedKey;
    }

    int sharedTokens() {
        return sharedTokens;
    }

    int priority() {
        return priority;
    }

    /** Tokens of the turns so far that the next prompt repeats. */
    int historyTokens() {
        return historyTokens;
    }

    /** When the next turn may come. */
    double readySeconds() {
        return readySeconds;
    }

    /** A turn is over. */
    void turn(int addedTokens, double nextTurnSeconds) {
        historyTokens += addedTokens;
        readySeconds = nextTurnSeconds;
    }
}

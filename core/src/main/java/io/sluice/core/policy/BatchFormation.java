package io.sluice.core.policy;

/** When a lane sends what waits. */
public sealed interface BatchFormation {

    /** Name in the catalogue. */
    String name();

    /**
     * Requests join and leave the running batch one by one.
     *
     * @param lookAhead whether a few more are sent than run at once, so that a freed place is
     *     filled from the worker's own queue while the next command travels. What has been sent can
     *     no longer be overtaken
     */
    record Continuous(boolean lookAhead) implements BatchFormation {

        @Override
        public String name() {
            return "continuous";
        }
    }

    /**
     * Groups: what waits is sent together to an instance that runs nothing, and runs to its end
     * before the next group is looked at. A group is formed as soon as enough waits to fill it, or
     * its oldest request has waited long enough. Its members are the first in the lane's order that
     * fit, sent in that order; what an instance cannot run at once waits at the instance.
     *
     * @param size most requests of a group; {@link #OF_INSTANCE} for as many as the instance runs
     *     at once
     * @param tokens most tokens of a group, prompts and expected outputs; {@link #OF_INSTANCE} for
     *     as many as the instance's KV memory holds. A request with more goes alone
     * @param waitMillis how long after its submission a request waits at most for others to join
     */
    record Closed(long size, long tokens, double waitMillis) implements BatchFormation {

        /** Stands for what the instance can take. */
        public static final long OF_INSTANCE = 0;

        /** Rejects negative limits. */
        public Closed {
            if (size < 0 || tokens < 0 || !(waitMillis >= 0)) {
                throw new IllegalArgumentException(
                        "limits of a group must not be negative, got %d requests, %d tokens, %s ms"
                                .formatted(size, tokens, waitMillis));
            }
        }

        @Override
        public String name() {
            return "closed";
        }

        /** Most requests of a group on an instance that runs so many at once. */
        public long sizeOn(int maxSequences) {
            return size == OF_INSTANCE ? maxSequences : size;
        }

        /** Most tokens of a group on an instance with so much KV memory. */
        public long tokensOn(long kvTokens) {
            return tokens == OF_INSTANCE ? kvTokens : tokens;
        }
    }

    /** Whether requests are sent beyond what runs at once. */
    default boolean looksAhead() {
        return this instanceof Continuous continuous && continuous.lookAhead();
    }

    /** Whether what runs must have ended before anything else is sent. */
    default boolean runsGroups() {
        return this instanceof Closed;
    }
}

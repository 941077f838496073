package io.sluice.core.policy;

/** When a lane sends what waits. */
public sealed interface BatchFormation {

    /**
     * Requests join and leave the running batch one by one.
     *
     * @param lookAhead whether a few more are sent than run at once, so that a freed place is
     *     filled from the worker's own queue while the next command travels. What has been sent can
     *     no longer be overtaken
     */
    record Continuous(boolean lookAhead) implements BatchFormation {}

    /** Whether requests are sent beyond what runs at once. */
    default boolean looksAhead() {
        return this instanceof Continuous continuous && continuous.lookAhead();
    }
}

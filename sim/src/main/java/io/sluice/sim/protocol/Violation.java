package io.sluice.sim.protocol;

/**
 * Something that was wrong with a run.
 *
 * @param promise which promise it breaks
 * @param what what happened, for people
 */
public record Violation(Promise promise, String what) {

    /** What the protocol promises, see the design page. */
    public enum Promise {
        /**
         * Every accepted request has exactly one visible outcome, none is lost, and when nothing
         * happens any more nothing is left behind.
         */
        THE_LAW("the law"),
        /** A request runs to its end once, and nothing runs in vain that could be known to. */
        NO_WASTED_WORK("no wasted work");

        private final String words;

        Promise(String words) {
            this.words = words;
        }

        /** Its name, for people. */
        public String words() {
            return words;
        }
    }

    @Override
    public String toString() {
        return promise.words() + ": " + what;
    }
}

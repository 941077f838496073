package io.sluice.schemas;

/**
 * Who writes a topic, who reads it, and how surely a record gets there.
 *
 * @param delivery guarantee of the writers
 * @param producers who writes, for people
 * @param consumers who reads, for people
 */
public record TopicFlow(Delivery delivery, String producers, String consumers) {
    /** Guarantee with which records are written. */
    public enum Delivery {
        /** Never lost, perhaps repeated; readers tell repetitions by the ids in the record. */
        AT_LEAST_ONCE("at least once"),
        /** In transactions; readers use {@code read_committed}. */
        EXACTLY_ONCE("exactly once");

        private final String words;

        Delivery(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }
}

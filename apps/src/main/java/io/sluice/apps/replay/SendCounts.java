package io.sluice.apps.replay;

/**
 * Records of one kind that were handed to the Kafka client.
 *
 * @param sent all of them
 * @param acknowledged those that the broker has, for certain
 * @param failed those that it refused, or that could not be delivered in time
 */
public record SendCounts(long sent, long acknowledged, long failed) {

    /** Those whose fate is open. */
    public long inFlight() {
        return sent - acknowledged - failed;
    }
}

package io.sluice.core.slo;

/**
 * What happened in a stretch of log time at one instance, or in the fleet: sums of whole numbers,
 * so that the order in which parts are added does not matter.
 *
 * @param life the newest sign of life
 * @param waits accepted requests, and milliseconds they had waited for their dispatch
 * @param lags accepted requests, and milliseconds their commands were under way
 * @param ends requests that ended
 */
public record CauseFacts(Life life, Sum waits, Sum lags, Ends ends) {

    /** Nothing happened. */
    public static final CauseFacts NONE = new CauseFacts(Life.NONE, Sum.NONE, Sum.NONE, Ends.NONE);

    /**
     * The newest sign of life of an instance.
     *
     * @param heartbeatMillis when the broker appended its newest heartbeat; {@link Long#MIN_VALUE}
     *     if there was none
     * @param incarnation incarnation of its worker
     * @param draining whether it takes no new work, so that it may go without being lost
     */
    public record Life(long heartbeatMillis, long incarnation, boolean draining) {

        /** None was seen. */
        public static final Life NONE = new Life(Long.MIN_VALUE, Long.MIN_VALUE, false);

        /** The newer one: what an earlier incarnation still says is no news. */
        Life or(Life other) {
            if (incarnation != other.incarnation) {
                return incarnation > other.incarnation ? this : other;
            }
            if (heartbeatMillis != other.heartbeatMillis) {
                return heartbeatMillis > other.heartbeatMillis ? this : other;
            }
            return draining ? this : other;
        }
    }

    /**
     * A number of things and their sum.
     *
     * @param count how many
     * @param totalMillis sum
     */
    public record Sum(long count, long totalMillis) {

        /** None. */
        public static final Sum NONE = new Sum(0, 0);

        Sum plus(Sum other) {
            return new Sum(count + other.count, totalMillis + other.totalMillis);
        }

        double mean() {
            return count == 0 ? 0 : (double) totalMillis / count;
        }
    }

    /**
     * Requests that ended.
     *
     * @param ended all of them
     * @param expired those that expired waiting
     * @param predicted completed ones whose output had been predicted
     * @param predictedTokens output tokens predicted for those
     * @param actualTokens output tokens of those
     */
    public record Ends(
            long ended, long expired, long predicted, long predictedTokens, long actualTokens) {

        /** None. */
        public static final Ends NONE = new Ends(0, 0, 0, 0, 0);

        Ends plus(Ends other) {
            return new Ends(
                    ended + other.ended,
                    expired + other.expired,
                    predicted + other.predicted,
                    predictedTokens + other.predictedTokens,
                    actualTokens + other.actualTokens);
        }
    }

    /** The sums alone. */
    CauseFacts withoutLife() {
        return new CauseFacts(Life.NONE, waits, lags, ends);
    }

    /** Both together. */
    public CauseFacts plus(CauseFacts other) {
        return new CauseFacts(
                life.or(other.life),
                waits.plus(other.waits),
                lags.plus(other.lags),
                ends.plus(other.ends));
    }
}

package io.sluice.core.policy;

/**
 * What runs before a request, or with it, that comes to a lane now: runs that have not ended, and
 * those of the waiting that go before it.
 *
 * @param requests how many
 * @param millis predicted service time that is left of them, summed
 * @param squaredMillis the sum of its squares, which says how far errors of prediction even out
 * @param atOnce how many requests of their size the lane's instances run at once, 1 or more
 */
public record WorkAhead(int requests, double millis, double squaredMillis, int atOnce) {

    /** Nothing does. */
    public static final WorkAhead NONE = new WorkAhead(0, 0, 0, 1);

    /**
     * Part of this work by which the request is delayed. With B at once and n before it, it starts
     * when all but B - 1 of them have ended: after (n - B + 1) / n of the work, done B at a time.
     */
    public double shareBefore() {
        return requests < atOnce ? 0 : (requests - atOnce + 1.0) / requests / atOnce;
    }
}

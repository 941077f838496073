package io.sluice.core.slo;

/**
 * How many requests of one stretch of log time kept a promise.
 *
 * @param good kept it
 * @param bad did not
 * @param excluded were selected and do not count
 * @param late arrived in it, too late for their own slot, and are counted nowhere else
 */
public record SlotCounts(long good, long bad, long excluded, long late) {

    /** No request. */
    public static final SlotCounts NONE = new SlotCounts(0, 0, 0, 0);

    /** One request that came too late. */
    public static final SlotCounts LATE = new SlotCounts(0, 0, 0, 1);

    /** One request. */
    public static SlotCounts of(Judgement judgement) {
        return switch (judgement) {
            case GOOD -> new SlotCounts(1, 0, 0, 0);
            case BAD -> new SlotCounts(0, 1, 0, 0);
            case EXCLUDED -> new SlotCounts(0, 0, 1, 0);
        };
    }

    /** Both together. */
    public SlotCounts plus(SlotCounts other) {
        return new SlotCounts(
                good + other.good, bad + other.bad, excluded + other.excluded, late + other.late);
    }

    /** Requests that count. */
    public long counted() {
        return good + bad;
    }

    /** Whether nothing was selected. */
    public boolean isEmpty() {
        return good + bad + excluded == 0;
    }
}

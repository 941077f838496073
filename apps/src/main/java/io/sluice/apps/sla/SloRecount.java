package io.sluice.apps.sla;

import io.sluice.core.slo.Judgement;
import io.sluice.core.slo.SloObjective;
import io.sluice.core.slo.SloRequest;
import io.sluice.core.slo.SloScope;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What a series of an objective is to have counted, from the outcomes alone. */
final class SloRecount {

    private static final Counts NONE = new Counts(0, 0, 0);

    /** How many so far. */
    record Counts(long good, long bad, long excluded) {

        Counts minus(Counts earlier) {
            return new Counts(good - earlier.good, bad - earlier.bad, excluded - earlier.excluded);
        }
    }

    private final NavigableMap<Long, Counts> upTo = new TreeMap<>();

    private SloRecount() {}

    /**
     * Judges the outcomes.
     *
     * @param outcomes those that count, in any order
     * @param objective the objective
     * @param scope what the requests of the series share
     * @param value the value they share
     */
    static SloRecount of(
            List<CountedOutcome> outcomes, SloObjective objective, SloScope scope, String value) {
        SloRecount recount = new SloRecount();
        Map<Judgement, Long> sums = new EnumMap<>(Judgement.class);
        outcomes.stream()
                .filter(outcome -> belongs(outcome.request(), objective, scope, value))
                .sorted(Comparator.comparingLong(CountedOutcome::appendedMillis))
                .forEach(
                        outcome -> {
                            sums.merge(objective.judge(outcome.request()), 1L, Long::sum);
                            recount.upTo.put(
                                    outcome.appendedMillis(),
                                    new Counts(
                                            sums.getOrDefault(Judgement.GOOD, 0L),
                                            sums.getOrDefault(Judgement.BAD, 0L),
                                            sums.getOrDefault(Judgement.EXCLUDED, 0L)));
                        });
        return recount;
    }

    private static boolean belongs(
            SloRequest request, SloObjective objective, SloScope scope, String value) {
        return objective.selector().selects(request)
                && scope.valueOf(request).filter(value::equals).isPresent();
    }

    /** The counts of a stretch of time. */
    Counts between(long fromMillis, long toMillis) {
        return before(toMillis).minus(before(fromMillis));
    }

    private Counts before(long millis) {
        Map.Entry<Long, Counts> last = upTo.lowerEntry(millis);
        return last == null ? NONE : last.getValue();
    }
}

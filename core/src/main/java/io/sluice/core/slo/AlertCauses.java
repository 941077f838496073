package io.sluice.core.slo;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Chooses which causes go with an alert. */
public final class AlertCauses {

    /** Of one kind: an alert that names every instance of a large fleet says nothing. */
    public static final int MOST_OF_A_KIND = 2;

    private AlertCauses() {}

    /**
     * Causes of an alert, in the order of their beginning: the first {@value #MOST_OF_A_KIND} of
     * each kind, the last of which says how many more there are.
     *
     * @param causes all there are, in the order of their beginning
     * @param instance the instance that the alert is about, of which and of none in particular they
     *     are to be; null if it is about none
     */
    public static List<Cause> of(List<Cause> causes, @Nullable String instance) {
        Map<CauseKind, Integer> seen = new EnumMap<>(CauseKind.class);
        List<Cause> concerned = new ArrayList<>();
        for (Cause cause : causes) {
            String of = cause.key().instance();
            if (instance == null || of == null || of.equals(instance)) {
                concerned.add(cause);
                seen.merge(cause.key().kind(), 1, Integer::sum);
            }
        }
        Map<CauseKind, Integer> taken = new EnumMap<>(CauseKind.class);
        List<Cause> chosen = new ArrayList<>();
        for (Cause cause : concerned) {
            CauseKind kind = cause.key().kind();
            int place = taken.merge(kind, 1, Integer::sum);
            if (place <= MOST_OF_A_KIND) {
                int more = place == MOST_OF_A_KIND ? seen.getOrDefault(kind, place) - place : 0;
                chosen.add(more == 0 ? cause : withMore(cause, more));
            }
        }
        return chosen;
    }

    private static Cause withMore(Cause cause, int more) {
        return new Cause(
                cause.key(),
                cause.sinceMillis(),
                cause.overMillis(),
                cause.limit(),
                "%s; and %d more instances".formatted(cause.detail(), more));
    }
}

package io.sluice.apps.page.live;

import io.sluice.apps.page.live.SloView.ObjectiveView;
import io.sluice.apps.page.live.SloView.Standing;
import io.sluice.schemas.avro.AlertSeverity;
import io.sluice.schemas.avro.SloScope;
import io.sluice.schemas.avro.SloStatus;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The newest status of each objective, and of each value if it is reckoned by value. */
final class Objectives {

    /** Statuses that are kept. */
    static final int MOST_STATUSES = 5_000;

    /** Objectives that are shown one by one. */
    static final int MOST_OBJECTIVES = 40;

    /** Values that are shown, of all objectives together; each may show the fewest. */
    static final int MOST_VALUES = 150;

    private static final int FEWEST_VALUES = 3;
    private static final int MOST_VALUES_OF_ONE = 50;

    /**
     * Who has an alert, then who has the least budget left; of whom nothing is known comes last.
     */
    private static final Comparator<Standing> WORST_FIRST =
            Comparator.comparingInt((Standing standing) -> urgency(standing.alert()))
                    .thenComparing(standing -> standing.attainment() == null)
                    .thenComparingDouble(Standing::budgetLeft)
                    .thenComparing(Standing::value);

    private static final Standing NOTHING =
            new Standing(SloScope.ALL.name(), "", 0, 0, 0, 0, false, null, 1, List.of(), 0, null);

    private record Key(SloScope scope, String value) {}

    private static final class Objective {
        private final Map<Key, Standing> standings = new HashMap<>();
        private Promise promise;
        private long promisedMillis;

        private Objective(Promise promise) {
            this.promise = promise;
        }
    }

    private final Map<String, Objective> objectives = new TreeMap<>();
    private int statuses;
    private long asOfMillis;
    private long leftOut;

    private static int urgency(@Nullable String severity) {
        if (severity == null) {
            return 2;
        }
        return severity.equals(AlertSeverity.PAGE.name()) ? 0 : 1;
    }

    /** Takes in a status. */
    void heard(SloStatus status) {
        long evaluated = status.getEvaluatedAt().toEpochMilli();
        asOfMillis = Math.max(asOfMillis, evaluated);
        Key key = new Key(status.getScope(), status.getScopeValue());
        Objective objective = objectives.get(status.getObjective().getId());
        Standing known = objective == null ? null : objective.standings.get(key);
        if (known != null && known.evaluatedMillis() > evaluated) {
            return;
        }
        if (status.getRemoved()) {
            remove(status.getObjective().getId(), key);
        } else if (known == null && statuses >= MOST_STATUSES) {
            leftOut++;
        } else {
            put(status, key, evaluated);
        }
    }

    private void put(SloStatus status, Key key, long evaluatedMillis) {
        Promise promise = Promise.of(status.getObjective());
        Objective objective =
                objectives.computeIfAbsent(promise.id(), none -> new Objective(promise));
        if (evaluatedMillis >= objective.promisedMillis) {
            objective.promise = promise;
            objective.promisedMillis = evaluatedMillis;
        }
        if (objective.standings.put(key, standing(status, evaluatedMillis)) == null) {
            statuses++;
        }
    }

    private void remove(String id, Key key) {
        Objective objective = objectives.get(id);
        if (objective == null) {
            return;
        }
        if (objective.standings.remove(key) != null) {
            statuses--;
        }
        if (objective.standings.isEmpty()) {
            objectives.remove(id);
        }
    }

    private static Standing standing(SloStatus status, long evaluatedMillis) {
        return new Standing(
                status.getScope().name(),
                status.getScopeValue(),
                status.getGood(),
                status.getBad(),
                status.getExcluded(),
                status.getLate(),
                status.getMatched(),
                status.getAttainment(),
                status.getBudgetLeft(),
                status.getBurnRates().stream().map(SloView.Burn::of).toList(),
                evaluatedMillis,
                null);
    }

    SloView view(Selection selection, Alerts.Severities severities) {
        List<Objective> concerned =
                objectives.values().stream()
                        .filter(objective -> objective.promise.concerns(selection))
                        .toList();
        int values = MOST_VALUES / Math.max(1, Math.min(concerned.size(), MOST_OBJECTIVES));
        int each = Math.max(FEWEST_VALUES, Math.min(values, MOST_VALUES_OF_ONE));
        List<ObjectiveView> views = new ArrayList<>();
        for (Objective objective : concerned) {
            views.add(view(objective, each, selection, severities));
        }
        views.sort(Comparator.comparing(Objectives::worst, WORST_FIRST));
        return new SloView(
                views.stream().limit(MOST_OBJECTIVES).toList(),
                Math.max(0, views.size() - MOST_OBJECTIVES),
                asOfMillis,
                leftOut);
    }

    /** An objective is as bad as its worst part. */
    private static Standing worst(ObjectiveView view) {
        List<Standing> parts = new ArrayList<>(view.values());
        if (view.all() != null) {
            parts.add(view.all());
        }
        return parts.stream().min(WORST_FIRST).orElse(NOTHING);
    }

    private static ObjectiveView view(
            Objective objective, int most, Selection selection, Alerts.Severities severities) {
        String id = objective.promise.id();
        Standing all = null;
        List<Standing> values = new ArrayList<>();
        for (Map.Entry<Key, Standing> entry : objective.standings.entrySet()) {
            Key key = entry.getKey();
            Standing bare = entry.getValue();
            Standing standing = bare.with(severities.of(id, bare.scope(), bare.value()));
            if (key.scope() == SloScope.ALL) {
                all = standing;
            } else if (Promise.concerns(key.scope(), key.value(), selection)) {
                values.add(standing);
            }
        }
        values.sort(WORST_FIRST);
        return new ObjectiveView(
                objective.promise,
                all,
                List.copyOf(values.subList(0, Math.min(most, values.size()))),
                Math.max(0, values.size() - most),
                (int) values.stream().filter(value -> value.budgetLeft() < 0).count());
    }
}

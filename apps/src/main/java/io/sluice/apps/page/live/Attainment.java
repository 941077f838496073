package io.sluice.apps.page.live;

import io.sluice.schemas.avro.SlaScope;
import io.sluice.schemas.avro.SlaWindow;
import io.sluice.schemas.avro.SloCounts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Targets met by class, tenant, model and instance: counts of the newest value of each window,
 * added up over the windows of the last quarter of an hour.
 */
final class Attainment {

    /** Groups of one scope of which windows are kept. */
    static final int MOST_GROUPS = 500;

    /** Groups of one scope that are shown one by one; the rest is one line. */
    static final int MOST_ROWS = 50;

    private static final String OTHER = "other";
    private static final long HORIZON_MILLIS = SlotRing.SLOTS * SlotRing.STEP_MILLIS;

    /** Counts of one window. */
    private record Counts(SloCounts slo, long settled, long goodput) {}

    private final Map<SlaScope, Map<String, NavigableMap<Long, Counts>>> groups =
            new EnumMap<>(SlaScope.class);
    private long lengthMillis = Long.MAX_VALUE;
    private long newestEndMillis;
    private long emittedMillis;
    private long leftOut;

    /** Takes in a window. */
    void window(SlaWindow window) {
        long start = window.getWindowStart().toEpochMilli();
        long end = window.getWindowEnd().toEpochMilli();
        if (end - start > lengthMillis) {
            // A longer window counts again what the shorter ones count.
            return;
        }
        if (end - start < lengthMillis) {
            lengthMillis = end - start;
            groups.clear();
        }
        Map<String, NavigableMap<Long, Counts>> scope =
                groups.computeIfAbsent(window.getScope(), none -> new TreeMap<>());
        if (!scope.containsKey(window.getScopeValue()) && scope.size() >= MOST_GROUPS) {
            leftOut++;
            return;
        }
        long settled = window.getOutcomes().values().stream().mapToLong(Long::longValue).sum();
        scope.computeIfAbsent(window.getScopeValue(), none -> new TreeMap<>())
                .put(start, new Counts(window.getSlo(), settled, window.getGoodputRequests()));
        if (end > newestEndMillis) {
            newestEndMillis = end;
            forget();
        }
        emittedMillis = Math.max(emittedMillis, window.getEmittedAt().toEpochMilli());
    }

    LiveSnapshot.AttainmentView view(Selection selection) {
        return new LiveSnapshot.AttainmentView(
                rows(SlaScope.ALL, name -> true),
                rows(SlaScope.PRIORITY, selection::isBand),
                rows(SlaScope.TENANT, selection::isTenant),
                rows(SlaScope.MODEL, selection::isModel),
                rows(SlaScope.INSTANCE, selection::isInstance),
                newestEndMillis,
                emittedMillis,
                leftOut);
    }

    private void forget() {
        long oldest = newestEndMillis - HORIZON_MILLIS;
        for (Map<String, NavigableMap<Long, Counts>> scope : groups.values()) {
            scope.values().forEach(windows -> windows.headMap(oldest).clear());
            scope.values().removeIf(Map::isEmpty);
        }
    }

    private List<LiveSnapshot.AttainmentRow> rows(SlaScope scope, Predicate<String> wanted) {
        List<LiveSnapshot.AttainmentRow> rows = new ArrayList<>();
        groups.getOrDefault(scope, Map.of())
                .forEach(
                        (name, windows) -> {
                            if (wanted.test(name)) {
                                rows.add(row(name, windows.values()));
                            }
                        });
        if (rows.size() <= MOST_ROWS) {
            return rows;
        }
        rows.sort(
                Comparator.comparingLong((LiveSnapshot.AttainmentRow row) -> -row.settled())
                        .thenComparing(LiveSnapshot.AttainmentRow::name));
        LiveSnapshot.AttainmentRow rest =
                rows.subList(MOST_ROWS, rows.size()).stream()
                        .reduce(
                                LiveSnapshot.AttainmentRow.empty(OTHER),
                                LiveSnapshot.AttainmentRow::plus);
        List<LiveSnapshot.AttainmentRow> shown = new ArrayList<>(rows.subList(0, MOST_ROWS));
        shown.add(rest);
        return shown;
    }

    private static LiveSnapshot.AttainmentRow row(String name, Iterable<Counts> windows) {
        LiveSnapshot.AttainmentRow sum = LiveSnapshot.AttainmentRow.empty(name);
        for (Counts counts : windows) {
            SloCounts slo = counts.slo();
            sum =
                    sum.plus(
                            new LiveSnapshot.AttainmentRow(
                                    name,
                                    counts.settled(),
                                    counts.goodput(),
                                    new LiveSnapshot.Met(
                                            slo.getJointWithTarget(), slo.getJointMet()),
                                    new LiveSnapshot.Met(slo.getTtftWithTarget(), slo.getTtftMet()),
                                    new LiveSnapshot.Met(slo.getTpotWithTarget(), slo.getTpotMet()),
                                    new LiveSnapshot.Met(slo.getE2eWithTarget(), slo.getE2eMet())));
        }
        return sum;
    }
}

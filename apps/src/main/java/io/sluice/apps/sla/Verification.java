package io.sluice.apps.sla;

import io.sluice.core.latency.SeriesCap;
import io.sluice.core.latency.SlaScope;
import io.sluice.schemas.avro.SlaWindow;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares all published windows of a stretch of time with what the outcomes say. */
final class Verification {

    /**
     * What was found.
     *
     * @param compared windows compared, by length in milliseconds
     * @param differences the largest differences
     * @param findings everything that is wrong
     * @param open windows that may still change, and were left out
     * @param inSum windows of which only the requests were compared, together, since values got or
     *     lost their place within them
     */
    record Windows(
            Map<Long, Long> compared,
            Differences differences,
            List<Finding> findings,
            long open,
            long inSum) {}

    /** The windows of one scope at one time: they share what was folded. */
    private record Slice(long lengthMillis, long startMillis, SlaScope scope) {
        private static final Comparator<Slice> ORDER =
                Comparator.comparingLong(Slice::lengthMillis)
                        .thenComparingLong(Slice::startMillis)
                        .thenComparing(Slice::scope);

        static Slice of(WindowKey window) {
            return new Slice(window.lengthMillis(), window.startMillis(), window.scope());
        }

        WindowKey of(String value) {
            return new WindowKey(lengthMillis, startMillis, scope, value);
        }
    }

    /** Both sides of a slice, by value. */
    private record Sides(
            Map<String, List<CountedOutcome>> counted, Map<String, SlaWindow> published) {
        Sides() {
            this(new TreeMap<>(), new TreeMap<>());
        }
    }

    private final PublishedWindows published;
    private final long latenessMillis;
    private final Differences differences = new Differences();
    private final Map<Long, Long> compared = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private long open;
    private long inSum;

    private Verification(PublishedWindows published, long latenessMillis) {
        this.published = published;
        this.latenessMillis = latenessMillis;
    }

    /**
     * Compares.
     *
     * @param log outcomes of the stretch that count
     * @param published windows of the stretch
     * @param range the stretch
     * @param lateness how long after its end a window takes outcomes
     */
    static Windows run(
            OutcomeLog log, PublishedWindows published, TimeRange range, Duration lateness) {
        Verification verification = new Verification(published, lateness.toMillis());
        Recount recount = new Recount(log.counted());
        for (long length : published.lengthsMillis()) {
            verification.compared.put(length, 0L);
            verification.level(length, recount, range);
        }
        return new Windows(
                verification.compared,
                verification.differences,
                List.copyOf(verification.findings),
                verification.open,
                verification.inSum);
    }

    private void level(long length, Recount recount, TimeRange range) {
        Map<Slice, Sides> slices = new TreeMap<>(Slice.ORDER);
        recount.windows(length, range)
                .forEach((key, outcomes) -> sides(slices, key).counted.put(key.value(), outcomes));
        published
                .windows()
                .forEach(
                        (key, window) -> {
                            if (key.lengthMillis() == length) {
                                sides(slices, key).published.put(key.value(), window);
                            }
                        });
        slices.forEach(this::slice);
    }

    private static Sides sides(Map<Slice, Sides> slices, WindowKey key) {
        return slices.computeIfAbsent(Slice.of(key), none -> new Sides());
    }

    private void slice(Slice slice, Sides sides) {
        SlaWindow other = sides.published.get(SeriesCap.OTHER);
        if (other == null || other.getFolded() == 0) {
            Set<String> values = new TreeSet<>(sides.counted.keySet());
            values.addAll(sides.published.keySet());
            values.forEach(value -> window(slice.of(value), sides));
        } else if (sides.published.entrySet().stream()
                .allMatch(window -> isFinal(slice.of(window.getKey()), window.getValue()))) {
            folded(slice, sides, other);
        } else {
            open += sides.published.size();
        }
    }

    private void window(WindowKey key, Sides sides) {
        SlaWindow window = sides.published.get(key.value());
        List<CountedOutcome> counted = sides.counted.getOrDefault(key.value(), List.of());
        if (!isFinal(key, window)) {
            open++;
        } else if (window == null) {
            missing(key, counted.size());
        } else {
            compare(key, window, counted);
        }
    }

    /** Whether the job takes nothing for it any more, and has published what it took. */
    private boolean isFinal(WindowKey key, @Nullable SlaWindow window) {
        return key.endMillis() + latenessMillis <= published.completeUpToMillis()
                && (window == null || window.getComplete());
    }

    private void missing(WindowKey key, long requests) {
        findings.add(
                new Finding(
                        Finding.Kind.MISSING,
                        key.toString(),
                        requests + " requests, and no window was published"));
    }

    private void compare(WindowKey key, SlaWindow window, List<CountedOutcome> counted) {
        if (counted.isEmpty()) {
            // A window may hold nothing but what came too late for another.
            if (requests(window) > 0) {
                findings.add(
                        new Finding(
                                Finding.Kind.SURPLUS,
                                key.toString(),
                                requests(window) + " requests, of which the outcomes have none"));
            }
            return;
        }
        compared.merge(key.lengthMillis(), 1L, Long::sum);
        List<String> excesses =
                WindowComparison.of(
                        key.lengthMillis(), window, ExactWindow.of(counted), differences);
        if (!excesses.isEmpty()) {
            findings.add(
                    new Finding(Finding.Kind.DIFFERS, key.toString(), String.join("; ", excesses)));
        }
    }

    /**
     * Which values had no place is not in the outcomes, but is plain from the windows: a value
     * whose window has all its requests had one all the time, one without a window had none. The
     * window of the rest is compared with all of the latter. A value that got or lost its place
     * within the window has a part in each; then what both have in all is compared.
     */
    private void folded(Slice slice, Sides sides, SlaWindow other) {
        List<CountedOutcome> rest = new ArrayList<>();
        Map<String, SlaWindow> parted = new HashMap<>();
        for (Map.Entry<String, List<CountedOutcome>> group : sides.counted.entrySet()) {
            String value = group.getKey();
            SlaWindow own = sides.published.get(value);
            if (own == null || value.equals(SeriesCap.OTHER)) {
                rest.addAll(group.getValue());
            } else if (requests(own) == group.getValue().size()) {
                compare(slice.of(value), own, group.getValue());
            } else {
                rest.addAll(group.getValue());
                parted.put(value, own);
            }
        }
        surplus(slice, sides);
        if (parted.isEmpty()) {
            compare(slice.of(SeriesCap.OTHER), other, rest);
        } else {
            inSum(slice, other, parted, rest);
        }
    }

    private void surplus(Slice slice, Sides sides) {
        sides.published.forEach(
                (value, window) -> {
                    if (!sides.counted.containsKey(value) && !value.equals(SeriesCap.OTHER)) {
                        compare(slice.of(value), window, List.of());
                    }
                });
    }

    private void inSum(
            Slice slice,
            SlaWindow other,
            Map<String, SlaWindow> parted,
            List<CountedOutcome> rest) {
        inSum += parted.size() + 1;
        long requests = requests(other);
        for (SlaWindow own : parted.values()) {
            requests += requests(own);
        }
        if (requests != rest.size()) {
            findings.add(
                    new Finding(
                            Finding.Kind.DIFFERS,
                            slice.of(SeriesCap.OTHER).toString(),
                            "%d requests together with %s, exactly %d"
                                    .formatted(
                                            requests,
                                            new TreeSet<>(parted.keySet()),
                                            rest.size())));
        }
    }

    private static long requests(SlaWindow window) {
        return window.getOutcomes().values().stream().mapToLong(Long::longValue).sum();
    }
}

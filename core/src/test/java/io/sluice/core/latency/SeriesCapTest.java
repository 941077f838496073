package io.sluice.core.latency;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SeriesCapTest {

    private static final long TTL = 1_000;

    /** Something seen. */
    private record Seen(String value, long atMillis) {}

    @Provide
    Arbitrary<List<Seen>> traffic() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 60).map(i -> "t" + i),
                        Arbitraries.longs().between(0, 400))
                .as(Seen::new)
                .list()
                .ofMaxSize(200)
                .map(SeriesCapTest::oneAfterTheOther);
    }

    private static List<Seen> oneAfterTheOther(List<Seen> gaps) {
        List<Seen> traffic = new ArrayList<>();
        long now = 0;
        for (Seen gap : gaps) {
            now += gap.atMillis();
            traffic.add(new Seen(gap.value(), now));
        }
        return traffic;
    }

    @Property
    void theCapAlwaysHolds(
            @ForAll("traffic") List<Seen> traffic, @ForAll @IntRange(min = 1, max = 70) int max) {
        Series series = new Series(new SeriesCap(max, TTL));
        for (Seen seen : traffic) {
            series.see(seen);

            assertThat(series.taken()).isLessThanOrEqualTo(max);
        }
    }

    @Property
    void aValueIsAdmittedIfAndOnlyIfItHasAPlaceAfterwards(
            @ForAll("traffic") List<Seen> traffic, @ForAll @IntRange(min = 1, max = 70) int max) {
        Series series = new Series(new SeriesCap(max, TTL));
        for (Seen seen : traffic) {
            assertThat(series.see(seen)).isEqualTo(series.has(seen.value()));
        }
    }

    @Property
    void aPlaceIsKeptForTheTimeToLiveAndFreeATenthAndTwoGranulesLater(
            @ForAll("traffic") List<Seen> traffic, @ForAll @IntRange(min = 1, max = 70) int max) {
        Series series = new Series(new SeriesCap(max, TTL));
        Map<String, Long> admittedAt = new HashMap<>();
        for (Seen seen : traffic) {
            boolean admitted = series.see(seen);
            Long before = admittedAt.get(seen.value());
            if (before != null && seen.atMillis() - before < TTL) {
                assertThat(admitted).as("seen again in time").isTrue();
            }
            if (admitted) {
                admittedAt.put(seen.value(), seen.atMillis());
            } else {
                admittedAt.remove(seen.value());
            }
            Set<String> gone = new HashSet<>(admittedAt.keySet());
            gone.removeIf(value -> seen.atMillis() - admittedAt.get(value) <= TTL + 300);
            assertThat(gone).noneMatch(series::has);
        }
    }

    @Property
    void theSameTrafficGetsTheSameAnswersAlsoFromACopyOfThePlaces(
            @ForAll("traffic") List<Seen> traffic, @ForAll @IntRange(min = 1, max = 70) int max) {
        Series series = new Series(new SeriesCap(max, TTL));
        Series restored = new Series(new SeriesCap(max, TTL));
        for (Seen seen : traffic) {
            restored = restored.copy();
            assertThat(restored.see(seen)).isEqualTo(series.see(seen));
        }
    }

    @Test
    void withFewPlacesTheLimitIsExactAndFirstComeIsFirstServed() {
        Series series = new Series(new SeriesCap(20, TTL));
        for (int i = 0; i < 40; i++) {
            assertThat(series.see(new Seen("t" + i, i))).isEqualTo(i < 20);
        }
    }

    @Test
    void withManyPlacesMostOfThemAreUsed() {
        Series series = new Series(new SeriesCap(1_000, TTL));
        int admitted = 0;
        for (int i = 0; i < 5_000; i++) {
            admitted += series.see(new Seen("tenant-" + i, 0)) ? 1 : 0;
            if (i == 799) {
                assertThat(admitted).as("of 800").isGreaterThan(780);
            }
        }
        assertThat(admitted).isBetween(990, 1_000);
        assertThat(series.taken()).isEqualTo(admitted);
    }

    @Test
    void whoIsCalledOtherNeedsNoPlace() {
        Series series = new Series(new SeriesCap(1, TTL));
        assertThat(series.see(new Seen(SeriesCap.OTHER, 0))).isTrue();
        assertThat(series.taken()).isZero();
        assertThat(series.see(new Seen("acme", 0))).isTrue();
    }

    @Test
    void aLoweredLimitTakesPlacesAway() {
        Series before = new Series(new SeriesCap(20, TTL));
        for (int i = 0; i < 20; i++) {
            before.see(new Seen("t" + i, 0));
        }
        Series after = before.under(new SeriesCap(5, TTL));
        for (int i = 0; i < 20; i++) {
            after.see(new Seen("t" + i, 500));
        }
        assertThat(after.taken()).isEqualTo(5);
    }

    @Test
    void refusesWhatBoundsNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SeriesCap(0, TTL));
        assertThatIllegalArgumentException().isThrownBy(() -> new SeriesCap(1, 0));
    }

    /** All buckets, in memory; places are freed as time passes. */
    private static final class Series {
        private final SeriesCap cap;
        private final Map<Integer, MapPlaces> buckets = new HashMap<>();

        Series(SeriesCap cap) {
            this.cap = cap;
        }

        boolean see(Seen seen) {
            buckets.values().forEach(places -> cap.expire(seen.atMillis(), places));
            return cap.admits(seen.value(), seen.atMillis(), places(seen.value()));
        }

        boolean has(String value) {
            return places(value).lastSeen(value).isPresent();
        }

        int taken() {
            return buckets.values().stream().mapToInt(MapPlaces::taken).sum();
        }

        Series copy() {
            return under(cap);
        }

        Series under(SeriesCap other) {
            Series copy = new Series(other);
            buckets.forEach((bucket, places) -> copy.buckets.put(bucket, new MapPlaces(places)));
            return copy;
        }

        private MapPlaces places(String value) {
            return buckets.computeIfAbsent(
                    cap.bucketOf(value), none -> new MapPlaces(new HashMap<>()));
        }
    }

    private record MapPlaces(Map<String, Long> seen) implements SeriesCap.Places {
        MapPlaces(MapPlaces other) {
            this(new HashMap<>(other.seen));
        }

        @Override
        public OptionalLong lastSeen(String value) {
            Long at = seen.get(value);
            return at == null ? OptionalLong.empty() : OptionalLong.of(at);
        }

        @Override
        public int taken() {
            return seen.size();
        }

        @Override
        public void put(String value, long seenMillis) {
            seen.put(value, seenMillis);
        }

        @Override
        public void remove(String value) {
            seen.remove(value);
        }

        @Override
        public Map<String, Long> all() {
            return Map.copyOf(seen);
        }
    }
}

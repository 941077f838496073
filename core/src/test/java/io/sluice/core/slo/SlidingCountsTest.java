package io.sluice.core.slo;

import io.sluice.core.slo.SloFixtures.Event;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import static io.sluice.core.slo.SloFixtures.SCALE;
import static io.sluice.core.slo.SloFixtures.counted;
import static org.assertj.core.api.Assertions.assertThat;

class SlidingCountsTest {

    @Property(tries = 300)
    void aWindowHoldsExactlyTheRequestsFromItsStartToItsEnd(
            @ForAll("events") List<Event> events,
            @ForAll("windows") long window,
            @ForAll("ends") long end) {
        long from = SCALE.fromOf(window, end);

        assertThat(counted(events).over(window, end)).isEqualTo(naive(events, from, end));
        assertThat(end - from).isBetween(window, window + SCALE.lengthMillis(3));
    }

    @Property(tries = 200)
    void whatIsDroppedNoLaterWindowMisses(
            @ForAll("events") List<Event> events,
            @ForAll("windows") long longest,
            @ForAll("ends") long evaluated) {
        SlidingCounts counts = counted(events);

        counts.prune(evaluated, longest);

        for (long end = evaluated; end < evaluated + 20_000; end += 1_110) {
            for (long window : SCALE.windowsMillis()) {
                assertThat(counts.over(window, end))
                        .isEqualTo(naive(events, SCALE.fromOf(window, end), end));
            }
            assertThat(counts.over(longest, end))
                    .isEqualTo(naive(events, SCALE.fromOf(longest, end), end));
        }
    }

    @Property(tries = 100)
    void theOrderOfArrivalAndTheDivisionOfWorkDoNotMatter(
            @ForAll("events") List<Event> events, @ForAll Random random) {
        List<Event> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);
        int one = random.nextInt(events.size() + 1);
        int two = one + random.nextInt(events.size() - one + 1);
        List<Event> first = shuffled.subList(0, one);
        List<Event> second = shuffled.subList(one, two);
        List<Event> third = shuffled.subList(two, shuffled.size());

        SlidingCounts leftFirst = merged(merged(counted(first), counted(second)), counted(third));
        SlidingCounts rightFirst = merged(counted(third), merged(counted(second), counted(first)));

        assertSame(leftFirst, counted(events));
        assertSame(rightFirst, counted(events));
    }

    @Test
    void oldCountsGoAwayAltogether() {
        SlidingCounts counts = counted(List.of(new Event(5, Judgement.BAD)));

        counts.prune(259_200, 1_000);
        assertThat(counts.isEmpty()).isFalse();
        counts.prune(259_200 + 3_600, 1_000);
        assertThat(counts.isEmpty()).isTrue();
    }

    private static SlidingCounts merged(SlidingCounts into, SlidingCounts other) {
        into.merge(other);
        return into;
    }

    private static void assertSame(SlidingCounts one, SlidingCounts other) {
        for (int level = 0; level < SlotScale.LEVELS; level++) {
            assertThat(one.slots(level)).isEqualTo(other.slots(level));
        }
    }

    private static SlotCounts naive(List<Event> events, long from, long end) {
        return events.stream()
                .filter(event -> event.atMillis() >= from && event.atMillis() < end)
                .map(event -> SlotCounts.of(event.judgement()))
                .reduce(SlotCounts.NONE, SlotCounts::plus);
    }

    @Provide
    Arbitrary<List<Event>> events() {
        return SloFixtures.events();
    }

    @Provide
    Arbitrary<Long> windows() {
        return Arbitraries.oneOf(
                Arbitraries.of(SCALE.windowsMillis()),
                Arbitraries.longs().between(1, 30_000).map(slots -> slots * 10));
    }

    @Provide
    Arbitrary<Long> ends() {
        return Arbitraries.longs().between(0, 30_000).map(slots -> slots * 10);
    }
}

package io.sluice.core.policy.ordering;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** No order of the jobs has fewer late ones: all orders are tried. */
final class FewestLateTest {

    private record Job(int service, int due) {}

    @Provide
    Arbitrary<List<Job>> jobs() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 12),
                        Arbitraries.integers().between(0, 40))
                .as(Job::new)
                .list()
                .ofMaxSize(8);
    }

    @Property(tries = 600, seed = "11")
    void noOrderHasFewerLateJobs(
            @ForAll("jobs") List<Job> jobs, @ForAll @IntRange(max = 6) int start) {
        List<Job> byDue = new ArrayList<>(jobs);
        byDue.sort(Comparator.comparingInt(Job::due));
        BitSet late = late(byDue, start);

        List<Job> planned = new ArrayList<>();
        IntStream.range(0, byDue.size())
                .filter(job -> !late.get(job))
                .forEach(job -> planned.add(byDue.get(job)));
        assertThat(countLate(planned, start)).as("those kept are in time").isZero();
        assertThat(late.cardinality()).isEqualTo(fewestLate(new ArrayList<>(jobs), 0, start, 0));
    }

    private static BitSet late(List<Job> byDue, double start) {
        return FewestLate.of(
                start,
                byDue.stream().mapToDouble(Job::service).toArray(),
                byDue.stream().mapToDouble(Job::due).toArray());
    }

    private static int countLate(List<Job> inOrder, int start) {
        int end = start;
        int late = 0;
        for (Job job : inOrder) {
            end += job.service();
            late += end > job.due() ? 1 : 0;
        }
        return late;
    }

    /** Over all orders of the jobs from a place on, those before it being fixed. */
    private static int fewestLate(List<Job> jobs, int place, int end, int late) {
        if (place == jobs.size()) {
            return late;
        }
        int fewest = Integer.MAX_VALUE;
        for (int other = place; other < jobs.size(); other++) {
            swap(jobs, place, other);
            int ends = end + jobs.get(place).service();
            int more = ends > jobs.get(place).due() ? 1 : 0;
            fewest = Math.min(fewest, fewestLate(jobs, place + 1, ends, late + more));
            swap(jobs, place, other);
        }
        return fewest;
    }

    private static void swap(List<Job> jobs, int one, int other) {
        Job job = jobs.get(one);
        jobs.set(one, jobs.get(other));
        jobs.set(other, job);
    }

    /** Earliest deadline first would have all four late. */
    @Test
    void oneLongJobIsGivenUpForThreeShortOnes() {
        List<Job> byDue = List.of(new Job(9, 10), new Job(2, 11), new Job(3, 12), new Job(4, 13));

        assertThat(countLate(byDue, 2)).isEqualTo(4);
        assertThat(late(byDue, 2).stream()).containsExactly(0);
    }
}

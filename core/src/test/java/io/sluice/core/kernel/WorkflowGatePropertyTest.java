package io.sluice.core.kernel;

import io.sluice.core.model.Dependency;
import io.sluice.core.model.OnFailure;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

class WorkflowGatePropertyTest {

    @Property(tries = 3_000)
    void everyDagEndsAsANaiveReadingOfItsEdgesSays(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 14) int size) {
        GateWorld world = dag(seed, size);
        world.run(0);
        assertThat(world.broken).isEmpty();
        assertThat(world.endings).containsExactlyInAnyOrderEntriesOf(reference(world));
    }

    @Property(tries = 3_000)
    void nothingRunsTooEarlyAndEverythingEndsAcrossCrashes(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 14) int size) {
        GateWorld world = dag(seed, size);
        world.run(3);
        assertThat(world.broken).isEmpty();
        assertThat(world.endings).containsExactlyInAnyOrderEntriesOf(reference(world));
    }

    @Property(tries = 3_000)
    void noGraphKeepsAnyoneForEverAndNoCycleRuns(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 10) int size,
            @ForAll @IntRange(min = 0, max = 2) int crashes) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, List<Dependency>> edges = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            edges.put("r" + i, edges(random, size));
        }
        GateWorld world = new GateWorld(edges, bad(random, size), random);
        world.run(crashes);
        assertThat(world.endings).containsOnlyKeys(edges.keySet());
        assertThat(edges.keySet())
                .filteredOn(id -> strictlyReaches(edges, id, id, new HashSet<>()))
                .noneMatch(world.ran::contains);
    }

    private static GateWorld dag(long seed, int size) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, List<Dependency>> edges = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            edges.put("r" + i, new ArrayList<>(edges(random, i)));
            if (random.nextInt(12) == 0) {
                edges.get("r" + i).add(Dependency.on("unknown" + i, rule(random)));
            }
        }
        return new GateWorld(edges, bad(random, size), random);
    }

    private static List<Dependency> edges(SplittableRandom random, int others) {
        List<Dependency> edges = new ArrayList<>();
        for (int i = 0; others > 0 && i < random.nextInt(4); i++) {
            int grade = random.nextInt(5) == 0 ? 1 : 0;
            edges.add(new Dependency("r" + random.nextInt(others), grade, rule(random)));
        }
        return Dependency.merged(edges);
    }

    private static OnFailure rule(SplittableRandom random) {
        return OnFailure.values()[random.nextInt(OnFailure.values().length)];
    }

    private static Set<String> bad(SplittableRandom random, int size) {
        Set<String> bad = new HashSet<>();
        for (int i = 0; i < size; i++) {
            if (random.nextInt(5) == 0) {
                bad.add("r" + i);
            }
        }
        return bad;
    }

    /** The requests are in an order in which each comes after those it names. */
    private static Map<String, String> reference(GateWorld world) {
        Map<String, String> ends = new TreeMap<>();
        world.edges.forEach(
                (id, edges) -> {
                    boolean refused =
                            edges.stream()
                                    .filter(Dependency::holds)
                                    .filter(edge -> edge.onFailure() == OnFailure.FAIL)
                                    .anyMatch(
                                            edge ->
                                                    !"Completed"
                                                            .equals(ends.get(edge.requestId())));
                    String run = world.bad.contains(id) ? "Failed" : "Completed";
                    ends.put(id, refused ? "RejectedDependency" : run);
                });
        return ends;
    }

    private static boolean strictlyReaches(
            Map<String, List<Dependency>> edges, String from, String to, Set<String> seen) {
        for (Dependency edge : edges.get(from)) {
            if (edge.holds() && edge.onFailure() == OnFailure.FAIL && seen.add(edge.requestId())) {
                if (edge.requestId().equals(to)
                        || strictlyReaches(edges, edge.requestId(), to, seen)) {
                    return true;
                }
            }
        }
        return false;
    }
}

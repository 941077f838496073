package io.sluice.core.routing;

import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.PendingRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static io.sluice.core.testing.Capacities.capacity;
import static io.sluice.core.testing.Capacities.withSpeed;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How each policy chooses. */
final class RoutingPolicyTest {

    private static final InstanceCapacity CAPACITY = capacity(4, 10_000);

    private final OutstandingWork work = new OutstandingWork();

    private static FleetInstance instance(String id) {
        return instance(id, CAPACITY);
    }

    private static FleetInstance instance(String id, InstanceCapacity capacity) {
        return new FleetInstance(id, 1, capacity, 0, 0, false);
    }

    private static List<FleetInstance> fleet(int size) {
        List<FleetInstance> fleet = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            fleet.add(instance("gpu-" + i));
        }
        return fleet;
    }

    private String choose(RoutingPolicy policy, List<FleetInstance> fleet, String session) {
        return policy.choose(request("r").session(session).build(), fleet, work).instanceId();
    }

    @Test
    void theCatalogueMakesThePolicyOfThatName() {
        assertThat(RoutingCatalog.names())
                .containsExactly("least-outstanding", "round-robin", "session-affinity")
                .allSatisfy(name -> assertThat(RoutingCatalog.create(name).name()).isEqualTo(name));
    }

    @Test
    void affinitySaysWhetherASessionDecided() {
        RoutingPolicy policy = RoutingCatalog.create("session-affinity");
        assertThat(policy.reason(request("r").session("s").build())).contains("of its session");
        assertThat(policy.reason(request("r").build())).startsWith("without session");
    }

    @Test
    void policiesWithStateAreNotShared() {
        RoutingPolicy first = RoutingCatalog.create("round-robin");
        choose(first, fleet(2), null);
        assertThat(choose(RoutingCatalog.create("round-robin"), fleet(2), null)).isEqualTo("gpu-0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "random", "Round-Robin"})
    void unknownNamesAreAnsweredWithTheChoices(String name) {
        assertThatThrownBy(() -> RoutingCatalog.create(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'")
                .hasMessageContaining("least-outstanding, round-robin, session-affinity");
    }

    @Test
    void roundRobinTakesEachInTurn() {
        RoutingPolicy policy = new RoundRobin();
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            chosen.add(choose(policy, fleet(3), null));
        }
        assertThat(chosen)
                .containsExactly("gpu-0", "gpu-1", "gpu-2", "gpu-0", "gpu-1", "gpu-2", "gpu-0");
        assertThat(choose(policy, fleet(1), null)).isEqualTo("gpu-0");
    }

    /** What is told of a choice is what it was made by. */
    @ParameterizedTest
    @ValueSource(strings = {"round-robin", "least-outstanding", "session-affinity"})
    void theBestCandidateIsTheOneChosen(String name) {
        RoutingPolicy policy = RoutingCatalog.create(name);
        List<FleetInstance> fleet = fleet(20);
        for (int i = 0; i < 100; i++) {
            PendingRequest request = request("r").session(i % 3 == 0 ? null : "s" + i).build();
            List<Candidate> best = policy.best(3, request, fleet, work);

            FleetInstance chosen = policy.choose(request, fleet, work);

            assertThat(best).hasSize(3);
            assertThat(best.get(0).instanceId()).isEqualTo(chosen.instanceId());
            assertThat(best).isSortedAccordingTo(Comparator.comparing(Candidate::score).reversed());
            work.add(chosen.instanceId(), 10 + i % 7);
        }
        assertThat(policy.best(0, request("r").build(), fleet, work)).isEmpty();
        assertThat(policy.best(30, request("r").build(), fleet, work)).hasSize(20);
    }

    @Test
    void leastOutstandingTakesTheOneThatWouldBeDoneFirst() {
        RoutingPolicy policy = new LeastOutstanding();
        work.add("gpu-0", 300);
        work.add("gpu-1", 100);
        assertThat(choose(policy, fleet(2), null)).isEqualTo("gpu-1");
        work.add("gpu-1", 201);
        assertThat(choose(policy, fleet(2), null)).isEqualTo("gpu-0");
    }

    @Test
    void leastOutstandingCountsWorkByPlace() {
        List<FleetInstance> fleet =
                List.of(
                        instance("narrow", capacity(2, 1_000)),
                        instance("wide", capacity(8, 1_000)));
        work.add("narrow", 100);
        work.add("wide", 399);
        assertThat(choose(new LeastOutstanding(), fleet, null)).isEqualTo("wide");
        work.add("wide", 2);
        assertThat(choose(new LeastOutstanding(), fleet, null)).isEqualTo("narrow");
    }

    /** An idle slow machine may finish later than a busy fast one: 110 ms here, 1100 ms there. */
    @Test
    void leastOutstandingCountsTheSpeedOfTheMachine() {
        List<FleetInstance> fleet =
                List.of(instance("fast"), instance("slow", withSpeed(CAPACITY, 10, 100)));
        work.add("fast", 4 * 989);
        assertThat(choose(new LeastOutstanding(), fleet, null)).isEqualTo("fast");
        work.add("fast", 8);
        assertThat(choose(new LeastOutstanding(), fleet, null)).isEqualTo("slow");
    }

    @Test
    void workThatIsTakenOffIsGone() {
        work.add(instance("a"), request("r").build());
        work.add("a", 5);
        assertThat(work.millisOn("a")).isEqualTo(115);
        work.remove("a", 5);
        assertThat(work.millisOn("a")).isEqualTo(110);
        work.remove("a", 200);
        assertThat(work.millisOn("a")).isZero();
        work.remove("b", 3);
        assertThat(work.millisOn("b")).isZero();
        work.add("c", 1);
        work.clear();
        assertThat(work.millisOn("c")).isZero();
    }

    @Test
    void aSessionStaysWhereItIs() {
        RoutingPolicy policy = new SessionAffinity();
        String first = choose(policy, fleet(8), "session");
        work.add(first, 1e9);
        assertThat(choose(new SessionAffinity(), fleet(8), "session")).isEqualTo(first);
    }

    @Test
    void withoutSessionTheWorkDecides() {
        work.add("gpu-0", 1);
        assertThat(choose(new SessionAffinity(), fleet(2), null)).isEqualTo("gpu-1");
    }

    @Test
    void sessionsAreSpreadEvenly() {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 8_000; i++) {
            counts.merge(choose(new SessionAffinity(), fleet(8), "session-" + i), 1, Integer::sum);
        }
        assertThat(counts).hasSize(8);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(800, 1_200));
    }

    @Test
    void whenAnInstanceLeavesOnlyItsSessionsMove() {
        List<FleetInstance> before = fleet(8);
        List<FleetInstance> after = new ArrayList<>(before);
        after.remove(3);
        int moved = 0;
        for (int i = 0; i < 2_000; i++) {
            String session = "session-" + i;
            String old = choose(new SessionAffinity(), before, session);
            if (old.equals("gpu-3")) {
                moved++;
            } else {
                assertThat(choose(new SessionAffinity(), after, session)).isEqualTo(old);
            }
        }
        assertThat(moved).isBetween(150, 350);
    }

    @Test
    void whenAnInstanceJoinsSessionsMoveOnlyToIt() {
        List<FleetInstance> after = new ArrayList<>(fleet(8));
        after.add(instance("new"));
        int moved = 0;
        for (int i = 0; i < 2_000; i++) {
            String session = "session-" + i;
            String chosen = choose(new SessionAffinity(), after, session);
            if (chosen.equals("new")) {
                moved++;
            } else {
                assertThat(choose(new SessionAffinity(), fleet(8), session)).isEqualTo(chosen);
            }
        }
        assertThat(moved).isBetween(150, 300);
    }
}

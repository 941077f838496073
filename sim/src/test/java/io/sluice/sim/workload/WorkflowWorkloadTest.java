package io.sluice.sim.workload;

import io.sluice.sim.workload.WorkflowSettings.Shape;
import io.sluice.sim.workload.WorkflowStep.Edge;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Graphs without cycles, each with one beginning and one end. */
class WorkflowWorkloadTest {

    private static final WorkflowSettings SETTINGS =
            new WorkflowSettings(
                    60,
                    new ArrivalShape.Gamma(2, 1),
                    new Shape(0, 5, 6, 0.3),
                    new LengthSource.Uniform(10, 50),
                    new LengthSource.Uniform(1, 200));

    private static List<SimulatedRequest> requests(long seed) {
        List<SimulatedRequest> requests = new ArrayList<>();
        new WorkflowWorkload(SETTINGS).requests(seed).forEachRemaining(requests::add);
        return requests;
    }

    private static Map<String, List<SimulatedRequest>> workflows(long seed) {
        Map<String, List<SimulatedRequest>> workflows = new LinkedHashMap<>();
        requests(seed)
                .forEach(
                        request ->
                                workflows
                                        .computeIfAbsent(
                                                request.step().workflow(), w -> new ArrayList<>())
                                        .add(request));
        return workflows;
    }

    @Test
    void theSeedIsTheWorkload() {
        assertThat(requests(4)).isEqualTo(requests(4)).isNotEqualTo(requests(5));
    }

    @Test
    void indicesCountAndTimeDoesNotGoBack() {
        List<SimulatedRequest> requests = requests(0);
        for (int i = 0; i < requests.size(); i++) {
            assertThat(requests.get(i).index()).isEqualTo(i);
            assertThat(requests.get(i).arrivalNanos())
                    .isGreaterThanOrEqualTo(requests.get(Math.max(0, i - 1)).arrivalNanos());
        }
    }

    /** Each waits only for later ones of its own workflow, so there can be no cycle. */
    @Test
    void eachHasOneBeginningAndOneEndThatAllElseLeadsTo() {
        assertThat(workflows(0)).hasSize(60);
        workflows(0).values().forEach(WorkflowWorkloadTest::assertIsWhole);
    }

    private static void assertIsWhole(List<SimulatedRequest> workflow) {
        int first = workflow.get(0).index();
        int last = first + workflow.size() - 1;
        Set<Integer> awaited = new HashSet<>();
        for (SimulatedRequest request : workflow) {
            assertThat(request.arrivalNanos()).isEqualTo(workflow.get(0).arrivalNanos());
            List<Integer> before = request.step().waitFor().stream().map(Edge::index).toList();
            assertThat(before).doesNotHaveDuplicates();
            before.forEach(index -> assertThat(index).isBetween(request.index() + 1, last));
            assertThat(before.isEmpty()).isEqualTo(request.index() == last);
            awaited.addAll(before);
        }
        assertThat(awaited).hasSize(workflow.size() - 1).doesNotContain(first);
    }

    @Test
    void thereAreFanOutsAndJoins() {
        List<SimulatedRequest> requests = requests(0);
        assertThat(requests).anyMatch(request -> request.step().waitFor().size() > 3);
        Map<Integer, Integer> dependants = new LinkedHashMap<>();
        requests.forEach(
                request ->
                        request.step()
                                .waitFor()
                                .forEach(edge -> dependants.merge(edge.index(), 1, Integer::sum)));
        assertThat(dependants.values()).anyMatch(count -> count > 3);
    }

    @Test
    void theLongestChainIsThatOfAllWays() {
        for (List<SimulatedRequest> workflow : workflows(1).values()) {
            assertThat(LongestChain.of(workflow, SimulatedRequest::outputTokens))
                    .isEqualTo(longest(workflow, workflow.get(0)));
        }
    }

    /** Along every way from the end to the beginning. */
    private static double longest(List<SimulatedRequest> workflow, SimulatedRequest from) {
        double before = 0;
        for (Edge edge : from.step().waitFor()) {
            int place = edge.index() - workflow.get(0).index();
            before = Math.max(before, longest(workflow, workflow.get(place)));
        }
        return before + from.outputTokens();
    }

    @Test
    void nonsenseIsNamed() {
        assertThatThrownBy(() -> new Shape(3, 2, 1, 0))
                .hasMessage("workload: most layers is 2, must be 3 to 10000");
        assertThatThrownBy(() -> new Shape(0, 1, 0, 0)).hasMessageContaining("widest layer is 0");
        assertThatThrownBy(() -> new Shape(0, 1, 1, 1.5)).hasMessageContaining("density is 1.5");
        assertThatThrownBy(() -> Edge.on(-1)).hasMessageContaining("must be 0 or more");
    }
}

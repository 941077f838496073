package io.sluice.jobs.scheduling;

import io.sluice.core.model.Dependency;
import io.sluice.core.model.OnFailure;
import io.sluice.jobs.flow.GateInput;
import io.sluice.jobs.flow.RouteInput;
import io.sluice.jobs.flow.Submission;
import io.sluice.jobs.testing.Backend;
import io.sluice.jobs.testing.KeyedHarness;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A tenant does not raise its requests above its ceiling by edges between them. */
class GateCeilingTest {

    @Test
    void gradesRaiseUpToTheCeilingOfTheTenant() throws Exception {
        assertThat(raisedTo(PriorityCeilings.NONE)).containsExactly("acme/b 3", "acme/a 4");
        assertThat(raisedTo(PriorityCeilings.parse("acme=1")))
                .containsExactly("acme/b 1", "acme/a 1");
    }

    /** A chain of grades, each of which is within what the tenant may have. */
    private static List<String> raisedTo(PriorityCeilings ceilings) throws Exception {
        SchedulingSettings plain = Scenario.SETTINGS;
        SchedulingSettings settings =
                new SchedulingSettings(
                        plain.policies(),
                        plain.maxPasses(),
                        plain.leaseMillis(),
                        plain.maxAttempts(),
                        plain.noEndpointMillis(),
                        plain.dedupWindowMillis(),
                        plain.gateWaitMillis(),
                        plain.tickMillis(),
                        plain.dispatchesPerEvent(),
                        plain.residentLanes(),
                        plain.decisionShare(),
                        ceilings);
        try (var gate =
                KeyedHarness.open(
                        new KeyedHarness.Spec<GateInput, RouteInput>(
                                () -> new GateFunction(settings),
                                GateInput::key,
                                Backend.values()[0]))) {
            gate.process(submitted("a"));
            gate.process(submitted("b", new Dependency("a", 3, OnFailure.FAIL)));
            gate.drain();
            gate.process(submitted("c", new Dependency("b", 3, OnFailure.FAIL)));
            return gate.drain().stream()
                    .filter(message -> message.kind() == RouteInput.Kind.REPRIORITISE)
                    .map(message -> message.key() + " " + message.priority())
                    .toList();
        }
    }

    private static GateInput submitted(String id, Dependency... edges) {
        Submission submission = new Submission(Scenario.request(id, 0, 0), null, List.of(edges));
        return GateInput.submitted("w", submission);
    }
}

package io.sluice.core.kernel;

import io.sluice.core.model.BlockHashes;
import io.sluice.core.testing.WorkerLog;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.sluice.core.testing.Capacities.capacity;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/** What a lane knows of its instance's prefix cache. */
final class LanePrefixTest {

    private final LaneFixture fixture = LaneFixture.of("lpm").started();
    private final WorkerLog worker = fixture.worker(1);

    @BeforeEach
    void oneIsServed() {
        fixture.connect(worker, capacity(1, 1_000));
        arrive("a1", 'a', 1);
        arrive("a2", 'a', 2);
        arrive("b3", 'b', 3);
        arrive("a4", 'a', 4);
        assertThat(fixture.dispatched()).containsExactly("a1", "a2");
    }

    private void arrive(String id, char user, int millis) {
        fixture.assign(
                request(id)
                        .submittedAt(millis)
                        .hashes(new BlockHashes(100, new long[] {user, user + 1_000L})));
    }

    @Test
    void whoSharesAPrefixWithWhatWasSentGoesFirst() {
        fixture.report(worker.givenBack(LaneFixture.run("a1")));
        assertThat(fixture.dispatched()).endsWith("a4");
    }

    @Test
    void aRebuiltLaneKnowsWhatWasSent() {
        fixture.rebuild().started();
        fixture.report(worker.givenBack(LaneFixture.run("a1")));
        assertThat(fixture.dispatched()).endsWith("a4");
    }

    /** What waited for the former goes back; what comes then is ordered by age. */
    @Test
    void aNewIncarnationHasNothingCached() {
        fixture.connect(fixture.worker(2), capacity(1, 1_000));
        fixture.forgetEffects();
        arrive("c5", 'c', 5);
        arrive("c6", 'c', 6);
        arrive("b7", 'b', 7);
        arrive("a8", 'a', 8);
        assertThat(fixture.dispatched()).containsExactly("c5", "c6");
        assertThat(fixture.lane.state().order().numbers()).hasSize(4);
    }
}

package io.sluice.core.kernel;

import io.sluice.core.kernel.RouteRecord.Phase;
import io.sluice.core.model.Progress;
import io.sluice.core.model.Release;
import io.sluice.core.model.ReleaseReason;

import org.junit.jupiter.api.Test;

import static io.sluice.core.kernel.RouterFixture.CAPACITY;
import static io.sluice.core.kernel.RouterFixture.EPOCH;
import static io.sluice.core.kernel.RouterFixture.SETTINGS;
import static io.sluice.core.testing.RequestBuilder.key;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/** A run that was interrupted for another goes on where it was, if it can. */
final class RouterInterruptionTest {

    private static final Progress PROGRESS = new Progress(4, 14, 900_000);

    private static void interrupt(RouterFixture fixture, int attempt, String from) {
        fixture.release(
                new Release(
                        key("r"),
                        attempt,
                        from,
                        EPOCH,
                        ReleaseReason.PREEMPTED,
                        true,
                        null,
                        null,
                        PROGRESS,
                        EPOCH));
    }

    private static RouterEffect.Assign assigned(RouterFixture fixture) {
        return fixture.all(RouterEffect.Assign.class).get(0);
    }

    private static int lostTokens(RouterFixture fixture) {
        return fixture.all(RouterEffect.Dropped.class).get(0).tokens();
    }

    @Test
    void itGoesOnWhereItWas() {
        RouterFixture fixture = RouterFixture.with("a", "b").submit(request("r")).forgetEffects();
        interrupt(fixture, 1, "a");
        assertThat(fixture.done()).containsExactly("assign 2 to a");
        assertThat(assigned(fixture).request().progress()).isEqualTo(PROGRESS);
        assertThat(assigned(fixture).choice().reason()).isEqualTo("its run was interrupted there");
    }

    @Test
    void ifItCannotItStartsAfreshElsewhere() {
        RouterFixture fixture = RouterFixture.with("a", "b").submit(request("r")).forgetEffects();
        fixture.fleet.report(fixture.worker("a").draining(true));
        interrupt(fixture, 1, "a");
        assertThat(fixture.done()).containsExactly("drop INTERRUPTED_RUN", "assign 2 to b");
        assertThat(assigned(fixture).request().progress()).isEqualTo(Progress.NONE);
        assertThat(lostTokens(fixture)).isEqualTo(PROGRESS.generatedTokens());
    }

    /** Its lane counts what the run has made, with what it had made before. */
    @Test
    void whatALaneLosesIsNotLostASecondTimeHere() {
        RouterFixture fixture = RouterFixture.with("a", "b").submit(request("r"));
        interrupt(fixture, 1, "a");
        fixture.forgetEffects().release("r", 2, "a", ReleaseReason.LOST);
        assertThat(fixture.done()).containsExactly("assign 3 to b");
        assertThat(assigned(fixture).request().progress()).isEqualTo(Progress.NONE);
    }

    /** Else a crash of the job would cost what was made before. */
    @Test
    void whileTheFleetIsNotKnownItKeepsItsProgressAndItsPlace() {
        RouterFixture fixture = new RouterFixture();
        fixture.fleet.startEpoch(EPOCH);
        fixture.submit(request("r")).adopt("r", 1, "b");
        interrupt(fixture, 1, "b");
        assertThat(fixture.effects).isEmpty();
        assertThat(fixture.record.phase()).isEqualTo(Phase.HELD);
        fixture.now = fixture.record.wakeupMillis();
        fixture.wakeup();
        assertThat(fixture.effects).isEmpty();

        fixture.tick(EPOCH);
        fixture.join("a", CAPACITY);
        fixture.join("b", CAPACITY);
        fixture.now = fixture.record.wakeupMillis();
        fixture.wakeup();
        assertThat(fixture.done()).containsExactly("assign 2 to b");
        assertThat(assigned(fixture).request().progress()).isEqualTo(PROGRESS);
    }

    @Test
    void interruptionsAreNoFailures() {
        RouterFixture fixture = RouterFixture.with("a").submit(request("r"));
        for (int attempt = 1; attempt <= 2 * SETTINGS.maxAttempts(); attempt++) {
            interrupt(fixture, attempt, "a");
        }
        assertThat(fixture.record.phase()).isEqualTo(Phase.ASSIGNED);
        assertThat(fixture.record.failures()).isZero();
    }

    @Test
    void aCancelThatCameMeanwhileIsHonoured() {
        RouterFixture fixture = RouterFixture.with("a").submit(request("r"));
        fixture.cancel("r", "gone");
        fixture.forgetEffects();
        interrupt(fixture, 1, "a");
        assertThat(fixture.done())
                .containsExactly("drop INTERRUPTED_RUN", "EvictedContextCancelled by 1");
        assertThat(lostTokens(fixture)).isEqualTo(PROGRESS.generatedTokens());
    }

    @Test
    void aRunThatCompletedInsteadClosesItsRequest() {
        RouterFixture fixture = RouterFixture.with("a").submit(request("r")).forgetEffects();
        fixture.complete("r", 1, "a");
        interrupt(fixture, 1, "a");
        assertThat(fixture.done()).containsExactly("Completed by 1", "drop STALE_RELEASE");
    }
}

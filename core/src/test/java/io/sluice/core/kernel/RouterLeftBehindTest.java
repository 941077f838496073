package io.sluice.core.kernel;

import io.sluice.core.model.Progress;
import io.sluice.core.model.Release;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.RunId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.sluice.core.kernel.RouterFixture.EPOCH;
import static io.sluice.core.testing.RequestBuilder.key;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A run of an attempt of the job that is over, which comes to light only when the request has been
 * assigned elsewhere: it may have a higher number, since numbers are given anew after a restore.
 */
final class RouterLeftBehindTest {

    private final RouterFixture fixture =
            RouterFixture.with("a", "b").submit(request("r")).forgetEffects();

    private void released(String instance, int attempt, long commandEpoch) {
        fixture.release(
                new Release(
                        key("r"),
                        attempt,
                        instance,
                        EPOCH,
                        ReleaseReason.GIVEN_BACK,
                        true,
                        null,
                        null,
                        Progress.NONE,
                        commandEpoch));
    }

    private void found(String instance, int attempt, long commandEpoch) {
        RunId run = new RunId(key("r"), attempt, commandEpoch);
        fixture.record = fixture.router.adopt(fixture.record, run, instance, fixture.now);
    }

    /**
     * Believed, it would have cancelled the assignment, which may be complete, and made another.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void itsReleaseChangesNothing(int attempt) {
        RouteRecord before = fixture.record;
        released("b", attempt, EPOCH - 1);
        assertThat(fixture.done()).containsExactly("drop STALE_RELEASE");
        assertThat(fixture.record).isEqualTo(before);
    }

    /** Its release may have been read already, and no other would come. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void itIsStopped(int attempt) {
        RouteRecord before = fixture.record;
        found("b", attempt, EPOCH - 1);
        assertThat(fixture.done()).containsExactly("cancel %d at b".formatted(attempt));
        assertThat(fixture.record).isEqualTo(before);
    }

    @Test
    void whatTheSameInstanceHasTakenInItsPlaceIsBelieved() {
        released("a", 2, EPOCH - 1);
        assertThat(fixture.done()).contains("assign 3 to b");
    }

    @Test
    void whatWasCommandedInThisEpochIsBelieved() {
        released("b", 2, EPOCH);
        assertThat(fixture.done()).contains("cancel 1 at a", "assign 3 to a");
    }
}

package io.sluice.core.model;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What outcomes say of deadlines. Submitted at 1,000. */
class SettledRequestTest {

    private static final long SUBMITTED = 1_000;

    @ParameterizedTest
    @CsvSource({"1500, 500, false", "1500, 500.5, true", "1499, 500, true"})
    void aCompletionMissesItsDeadlineByTheTimeThatItTook(
            long deadline, double tookMillis, boolean misses) {
        // Read and closed long after it ended.
        SettledRequest settled = settled(Outcome.COMPLETED, 9_000, deadline, measures(tookMillis));
        assertThat(settled.missesDeadline()).isEqualTo(misses);
        assertThat(settled.isRejectedEarly()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1999, true", "2000, false", "2001, false"})
    void aRejectionIsEarlyWhileTheDeadlineLiesAhead(long settledAt, boolean early) {
        SettledRequest settled = settled(Outcome.REJECTED_DEADLINE, settledAt, 2_000, null);
        assertThat(settled.isRejectedEarly()).isEqualTo(early);
        assertThat(settled.missesDeadline()).isTrue();
    }

    @Test
    void whateverDoesNotCompleteMissesADeadlineThatItHas() {
        assertThat(settled(Outcome.FAILED, 1_100, 2_000, null).missesDeadline()).isTrue();
        assertThat(settled(Outcome.FAILED, 1_100, 2_000, null).isRejectedEarly()).isFalse();
        assertThat(settled(Outcome.FAILED, 1_100, PendingRequest.NEVER, null).missesDeadline())
                .isFalse();
    }

    @Test
    void ofARequestThatWasNeverReadNothingIsKnown() {
        SettledRequest unread =
                new SettledRequest(
                        new RequestKey("acme", "r"),
                        Outcome.FAILED,
                        1,
                        null,
                        null,
                        5_000,
                        null,
                        null,
                        null,
                        null,
                        null);
        assertThat(unread.missesDeadline()).isFalse();
        assertThat(unread.isRejectedEarly()).isFalse();
    }

    private static SettledRequest settled(
            Outcome outcome, long settledAt, long deadline, RunMeasures measures) {
        RequestFacts facts =
                new RequestFacts(
                        "m",
                        0,
                        RequestTags.NONE,
                        0,
                        SUBMITTED,
                        deadline,
                        SloTarget.NONE,
                        10,
                        0,
                        null);
        return new SettledRequest(
                new RequestKey("acme", "r"),
                outcome,
                1,
                null,
                null,
                settledAt,
                null,
                null,
                facts,
                null,
                measures);
    }

    private static RunMeasures measures(double e2eMillis) {
        return new RunMeasures(0, 10, 1, e2eMillis, 10, 20, 0, "stop");
    }
}

package io.sluice.core.policy.ordering;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Progress;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.Standing;
import io.sluice.core.prediction.ServiceModel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/** Ranking by score, and the promotion of what has waited. */
final class LearningToRankTest {

    /** A step takes 10 ms, so the default threshold is 2 s and the quantum 100 ms. */
    private static final ServiceModel SERVICE = new ServiceModel(1, 10);

    private static final OrderingPolicy LTR = PolicyCatalog.ordering("ltr");

    private static Standing waiting(PendingRequest request, long now) {
        return Standing.waiting(request, now, SERVICE);
    }

    private static boolean isPromoted(Standing standing) {
        return LTR.keyOf(standing).first() == 0;
    }

    @Test
    void scoresKeepApartWhatWholeTokensWouldNot() {
        PendingRequest shorter = request("z").predicted(3).score(1.01).submittedAt(9).build();
        PendingRequest longer = request("a").predicted(3).score(1.02).build();

        assertThat(LTR.keyOf(waiting(shorter, 10))).isLessThan(LTR.keyOf(waiting(longer, 10)));
        assertThat(LTR.describe(waiting(shorter, 10))).isEqualTo("score 1.010");
    }

    @Test
    void withoutAScoreThePredictedLengthCounts() {
        PendingRequest shorter = request("z").predicted(3).submittedAt(9).build();
        PendingRequest longer = request("a").predicted(4).build();

        assertThat(LTR.keyOf(waiting(shorter, 10))).isLessThan(LTR.keyOf(waiting(longer, 10)));
    }

    @ParameterizedTest
    @CsvSource({"2999, false", "3000, true", "9000, true"})
    void whatHasWaitedThroughTheThresholdIsPromoted(long now, boolean promoted) {
        assertThat(isPromoted(waiting(request("r").submittedAt(1_000).build(), now)))
                .isEqualTo(promoted);
    }

    @Test
    void thePromotedGoByScoreBeforeAllOthers() {
        Standing longer = waiting(request("a").score(80).build(), 2_500);
        Standing shorter = waiting(request("b").score(70).submittedAt(400).build(), 2_500);
        Standing newcomer = waiting(request("c").score(1).submittedAt(2_499).build(), 2_500);

        assertThat(LTR.keyOf(shorter)).isLessThan(LTR.keyOf(longer));
        assertThat(LTR.keyOf(longer)).isLessThan(LTR.keyOf(newcomer));
        assertThat(LTR.describe(longer)).isEqualTo("promoted after 200 steps, score 80.00");
    }

    @ParameterizedTest
    @CsvSource({"3000, true", "3099, true", "3100, false"})
    void aPromotedRunKeepsItsPlaceForTheQuantum(long now, boolean promoted) {
        PendingRequest request = request("r").submittedAt(1_000).build();
        Standing running = new Standing(request, 3_000, now, SERVICE);

        assertThat(isPromoted(running)).isEqualTo(promoted);
        assertThat(LTR.changesAtMillis(running)).isEqualTo(promoted ? 3_100 : PendingRequest.NEVER);
    }

    @Test
    void aRunThatWasSentInTimeIsNeverPromoted() {
        PendingRequest request = request("r").submittedAt(1_000).build();
        Standing running = new Standing(request, 2_999, 9_000, SERVICE);

        assertThat(isPromoted(running)).isFalse();
        assertThat(LTR.changesAtMillis(running)).isEqualTo(PendingRequest.NEVER);
    }

    @Test
    void anInterruptionStartsTheCountAgain() {
        PendingRequest interrupted =
                request("r").submittedAt(0).progress(new Progress(5, 0, 7_000)).build();

        assertThat(isPromoted(waiting(interrupted, 8_999))).isFalse();
        assertThat(LTR.changesAtMillis(waiting(interrupted, 8_999))).isEqualTo(9_000);
        assertThat(isPromoted(waiting(interrupted, 9_000))).isTrue();
        assertThat(LTR.changesAtMillis(waiting(interrupted, 9_000)))
                .isEqualTo(PendingRequest.NEVER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ltr:threshold=0", "ltr:threshold=none"})
    void aThresholdOfNoneNeverPromotes(String specification) {
        OrderingPolicy never = PolicyCatalog.ordering(specification);
        Standing old = waiting(request("r").build(), 1L << 50);

        assertThat(never.keyOf(old).first()).isEqualTo(1);
        assertThat(never.changesAtMillis(old)).isEqualTo(PendingRequest.NEVER);
    }

    @Test
    void stepsAreThoseOfTheInstance() {
        OrderingPolicy policy = PolicyCatalog.ordering("ltr:threshold=10,quantum=3");
        PendingRequest request = request("r").build();
        ServiceModel slow = new ServiceModel(0, 100);
        ServiceModel withoutDecodeTime = new ServiceModel(1, 0);

        assertThat(policy.changesAtMillis(Standing.waiting(request, 0, slow))).isEqualTo(1_000);
        assertThat(policy.changesAtMillis(new Standing(request, 5_000, 5_000, slow)))
                .isEqualTo(5_300);
        assertThat(policy.changesAtMillis(Standing.waiting(request, 0, withoutDecodeTime)))
                .isEqualTo(150);
    }
}

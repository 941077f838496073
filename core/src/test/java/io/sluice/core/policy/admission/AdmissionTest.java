package io.sluice.core.policy.admission;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.policy.AdmissionPolicy;
import io.sluice.core.policy.LaneView;
import io.sluice.core.policy.Refusal;
import io.sluice.core.policy.WorkAhead;
import io.sluice.core.policy.admission.BandLimits.Limit;
import io.sluice.core.prediction.ServiceModel;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is refused, with which outcome, and that the message names the limit. */
final class AdmissionTest {

    /**
     * A lane in which band P2 holds 3 requests of 300 tokens in all and every other band nothing.
     */
    private record Lane(long nowMillis, long longestRunTokens) implements LaneView {

        @Override
        public ServiceModel service() {
            return new ServiceModel(1, 10);
        }

        @Override
        public WorkAhead ahead(PendingRequest request, double mostMillis) {
            return WorkAhead.NONE;
        }

        @Override
        public int queuedRequests(PriorityBand band) {
            return band == PriorityBand.P2 ? 3 : 0;
        }

        @Override
        public int queuedRequests(String tenant) {
            return 3;
        }

        @Override
        public long queuedTokens(PriorityBand band) {
            return band == PriorityBand.P2 ? 300 : 0;
        }
    }

    private static final Lane LANE = new Lane(1_000, 500);

    private static void assertRefused(
            AdmissionPolicy rule, PendingRequest request, ReleaseReason reason, String message) {
        assertThat(rule.refuse(request, LANE)).contains(new Refusal(reason, message));
    }

    private static void assertAdmitted(AdmissionPolicy rule, PendingRequest request) {
        assertThat(rule.refuse(request, LANE)).isEmpty();
    }

    @Test
    void whatIsLongerThanTheInstanceHoldsIsRefused() {
        AdmissionPolicy rule = new FitsInstance();
        assertAdmitted(rule, request("r").tokens(400, 100).build());
        assertRefused(
                rule,
                request("r").tokens(400, 101).build(),
                ReleaseReason.REJECTED_TOO_LONG,
                "needs 501 tokens (prompt 400, output up to 101); the instance holds at most 500");
    }

    @Test
    void aRequestWithoutOutputLimitNeedsRoomForOneToken() {
        AdmissionPolicy rule = new FitsInstance();
        assertAdmitted(rule, request("r").tokens(499, 0).build());
        assertThat(rule.refuse(request("r").tokens(500, 0).build(), LANE)).isPresent();
    }

    @Test
    void aBandTakesAsManyRequestsAsItsLimit() {
        PendingRequest request = request("r").priority(2).build();
        assertAdmitted(
                new BandLimits(Map.of(PriorityBand.P2, new Limit(4, Long.MAX_VALUE))), request);
        assertRefused(
                new BandLimits(Map.of(PriorityBand.P2, new Limit(3, Long.MAX_VALUE))),
                request,
                ReleaseReason.REJECTED_CAPACITY,
                "band P2 already holds 3 of at most 3 requests");
    }

    @Test
    void aBandTakesAsManyTokensAsItsLimit() {
        PendingRequest request = request("r").priority(2).tokens(60, 40).build();
        assertAdmitted(
                new BandLimits(Map.of(PriorityBand.P2, new Limit(Integer.MAX_VALUE, 400))),
                request);
        assertRefused(
                new BandLimits(Map.of(PriorityBand.P2, new Limit(Integer.MAX_VALUE, 399))),
                request,
                ReleaseReason.REJECTED_CAPACITY,
                "band P2 holds 300 tokens; 100 more would exceed its limit of 399");
    }

    @Test
    void bandsAreLimitedEachForItself() {
        BandLimits rule =
                new BandLimits(
                        Map.of(
                                PriorityBand.P2,
                                new Limit(0, 0),
                                PriorityBand.SHED,
                                new Limit(1, 5)));
        assertAdmitted(rule, request("other").priority(3).build());
        assertRefused(
                rule,
                request("shed").priority(-3).tokens(5, 1).build(),
                ReleaseReason.REJECTED_CAPACITY,
                "band shed holds 0 tokens; 6 more would exceed its limit of 5");
    }

    @Test
    void aTenantHasNoMoreThanItsRoom() {
        assertAdmitted(new TenantLimit(4), request("r").build());
        assertRefused(
                new TenantLimit(3),
                request("r").build(),
                ReleaseReason.REJECTED_CAPACITY,
                "tenant %s already holds 3 of at most 3 requests"
                        .formatted(request("r").build().key().tenant()));
    }

    @Test
    void limitsAreReadAsPeopleWriteThem() {
        BandLimits rule = BandLimits.of("P2=3,*=9000000000", "shed=5,*=1000");
        assertAdmitted(rule, request("other").priority(3).build());
        assertRefused(
                rule,
                request("r").priority(2).build(),
                ReleaseReason.REJECTED_CAPACITY,
                "band P2 already holds 3 of at most 3 requests");
        assertRefused(
                rule,
                request("shed").priority(-3).tokens(5, 1).build(),
                ReleaseReason.REJECTED_CAPACITY,
                "band shed holds 0 tokens; 6 more would exceed its limit of 5");
    }

    @Test
    void aNegativeLimitIsNoLimit() {
        assertThatThrownBy(() -> new Limit(-1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1 requests");
        assertThatThrownBy(() -> new Limit(0, -5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-5 tokens");
    }

    @Test
    void aPassedDeadlineIsRefused() {
        AdmissionPolicy rule = new DeadlineAhead(false);
        assertAdmitted(rule, request("r").build());
        assertAdmitted(rule, request("r").deadline(1_001).build());
        assertRefused(
                rule,
                request("r").deadline(1_000).build(),
                ReleaseReason.REJECTED_DEADLINE,
                "deadline passed 0 ms before admission");
        assertRefused(
                rule,
                request("r").deadline(400).build(),
                ReleaseReason.REJECTED_DEADLINE,
                "deadline passed 600 ms before admission");
    }

    @Test
    void earlyRejectionCountsThePredictedService() {
        PendingRequest request = request("r").tokens(100, 10).deadline(1_200).build();
        assertAdmitted(new DeadlineAhead(false), request);
        assertAdmitted(
                new DeadlineAhead(true), request("r").tokens(100, 10).deadline(1_201).build());
        assertRefused(
                new DeadlineAhead(true),
                request,
                ReleaseReason.REJECTED_DEADLINE,
                "predicted service of 200 ms exceeds the 200 ms to its deadline");
    }

    @Test
    void theFirstRefusalOfAChainCounts() {
        AdmissionPolicy chain = new FitsInstance().and(new DeadlineAhead(false));
        PendingRequest both = request("r").tokens(501, 1).deadline(1).build();
        assertThat(chain.refuse(both, LANE).orElseThrow().reason())
                .isEqualTo(ReleaseReason.REJECTED_TOO_LONG);
        assertThat(chain.refuse(request("r").deadline(1).build(), LANE).orElseThrow().reason())
                .isEqualTo(ReleaseReason.REJECTED_DEADLINE);
        assertAdmitted(chain, request("r").build());
    }
}

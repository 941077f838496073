package io.sluice.core.policy.ordering;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Progress;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.Standing;
import io.sluice.core.policy.admission.FitsInstance;
import io.sluice.core.policy.preemption.AlwaysPreempt;
import io.sluice.core.prediction.ServiceModel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Levels by service received, and the way back to the first. */
final class MultiLevelFeedbackTest {

    private static final ServiceModel SERVICE = new ServiceModel(1, 10);

    /** Levels end after 30, 90 and 210 ms of service, which are 3, 9 and 21 tokens. */
    private static final OrderingPolicy MLFQ =
            PolicyCatalog.ordering("mlfq:base=30ms,growth=2,levels=4,starvation=1s");

    private static PendingRequest after(int tokens) {
        return request("r").submittedAt(500).progress(new Progress(tokens, 0, 2_000)).build();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "2, 0", "3, 1", "8, 1", "9, 2", "20, 2", "21, 3", "9999, 3"})
    void aRequestSinksWithTheServiceItHasReceived(int tokens, int level) {
        Standing standing = Standing.waiting(after(tokens), 2_500, SERVICE);

        assertThat(MLFQ.keyOf(standing).first()).isEqualTo(level);
        assertThat(MLFQ.describe(standing)).isEqualTo("level " + level);
    }

    @Test
    void withinALevelTheEarlierSubmissionGoesFirst() {
        PendingRequest earlier = request("z").submittedAt(1).tokens(900, 900).build();
        PendingRequest later = request("a").submittedAt(2).tokens(1, 1).build();

        assertThat(MLFQ.keyOf(earlier, SERVICE)).isLessThan(MLFQ.keyOf(later, SERVICE));
    }

    @Test
    void whatHasWaitedIsBackOnTheFirstLevelUntilItHasRunItsShare() {
        PendingRequest request = after(100);

        assertThat(MLFQ.changesAtMillis(Standing.waiting(request, 2_999, SERVICE)))
                .isEqualTo(3_000);
        Standing waited = Standing.waiting(request, 3_000, SERVICE);
        assertThat(MLFQ.keyOf(waited).first()).isZero();
        assertThat(MLFQ.describe(waited)).isEqualTo("level 0, promoted from level 3");
        assertThat(MLFQ.keyOf(new Standing(request, 3_000, 3_029, SERVICE)).first()).isZero();
        assertThat(MLFQ.keyOf(new Standing(request, 3_000, 3_030, SERVICE)).first()).isEqualTo(3);
    }

    @Test
    void itNeedsRunsToBeInterrupted() {
        LanePolicies policies = LanePolicies.of(MLFQ, new FitsInstance());

        assertThatThrownBy(policies::requireSense)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'mlfq'")
                .hasMessageContaining("preemption is 'never'")
                .hasMessageContaining("always or total-wait");
        assertThat(policies.with(new AlwaysPreempt()).requireSense()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"growth=0.5", "levels=101", "base=0ms"})
    void whatMakesNoLevelsIsRefused(String parameter) {
        assertThatThrownBy(() -> PolicyCatalog.ordering("mlfq:" + parameter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("ordering policy 'mlfq': ");
    }
}

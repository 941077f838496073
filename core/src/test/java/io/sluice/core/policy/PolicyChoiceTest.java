package io.sluice.core.policy;

import io.sluice.core.policy.preemption.TotalWait;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The one configuration of all policies. */
final class PolicyChoiceTest {

    @Test
    void whatIsChosenIsMade() {
        PolicyChoice choice =
                PolicyChoice.DEFAULT
                        .withOrdering("semantic")
                        .withPreemption("total-wait:stop=5ms")
                        .withBatching("continuous:look-ahead=none")
                        .withRouting("round-robin");

        LanePolicies lane = choice.lane();

        assertThat(lane.ordering().name()).isEqualTo("semantic");
        assertThat(lane.preemption()).isInstanceOf(TotalWait.class);
        assertThat(lane.batching().looksAhead()).isFalse();
        assertThat(choice.newRouting().name()).isEqualTo("round-robin");
    }

    @Test
    void whatDoesNotGoTogetherIsRefusedWithTheChoices() {
        assertThatThrownBy(() -> PolicyChoice.DEFAULT.withOrdering("mlfq"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'mlfq'")
                .hasMessageContaining("choose preemption always or total-wait");
        PolicyChoice interrupting = PolicyChoice.DEFAULT.withPreemption("always");
        assertThat(interrupting.withOrdering("mlfq").lane().ordering().name()).isEqualTo("mlfq");
        assertThatThrownBy(() -> interrupting.withOrdering("k-lpm"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'k-lpm' cannot rank what runs")
                .hasMessageContaining("choose preemption never");
        assertThatThrownBy(() -> interrupting.withFairness("vtc"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'vtc'")
                .hasMessageContaining("choose preemption never, or fairness none");
        assertThatThrownBy(() -> PolicyChoice.DEFAULT.withFairness("drr").withOrdering("lpm"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'lpm' chooses by more")
                .hasMessageContaining("choose another order, or fairness none");
    }

    @Test
    void groupsRunToTheirEnd() {
        assertThat(PolicyChoice.DEFAULT.withBatching("closed").lane().batching())
                .isEqualTo(new BatchFormation.Closed(0, 0, 500));
        assertThat(
                        PolicyChoice.DEFAULT
                                .withBatching("closed:size=16,tokens=8192,wait=1.5s")
                                .lane()
                                .batching())
                .isEqualTo(new BatchFormation.Closed(16, 8_192, 1_500));
        PolicyChoice interrupting = PolicyChoice.DEFAULT.withPreemption("always");
        assertThatThrownBy(() -> interrupting.withBatching("closed"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'closed' runs a group to its end")
                .hasMessageContaining("choose preemption never, or batching continuous");
        assertThatThrownBy(() -> PolicyChoice.DEFAULT.withBatching("closed:size=0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("batching policy 'closed': size: '0' is not a whole number");
    }

    @Test
    void theDefaultsInterruptNothingAndLookAhead() {
        LanePolicies lane = PolicyChoice.DEFAULT.lane();

        assertThat(lane.preemption().interruptsRuns()).isFalse();
        assertThat(lane.batching().looksAhead()).isTrue();
        assertThat(lane.ordering().overtakingBoundMillis()).isEqualTo(30_000);
    }

    @Test
    void aWrongOneIsFoundWhereItIsWritten() {
        assertThatThrownBy(() -> PolicyChoice.DEFAULT.withPreemption("sometimes"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "unknown preemption policy 'sometimes'; choose one of always, never, total-wait");
        assertThatThrownBy(() -> PolicyChoice.DEFAULT.withPreemption("total-wait:stop=-1ms"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "preemption policy 'total-wait': stop: '-1ms' is not a duration");
        assertThatThrownBy(() -> PolicyChoice.DEFAULT.withRouting("nearest"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("least-outstanding, round-robin, session-affinity");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limits:max-requests=0",
                "limits:max-requests=P9=1/*=2",
                "limits:reject-early=maybe",
                "limits:max-tokens=P0=5"
            })
    void limitsAreChecked(String admission) {
        assertThatThrownBy(() -> PolicyChoice.DEFAULT.withAdmission(admission))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("admission policy 'limits': ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deadline:quantile=1",
                "deadline:quantile=0",
                "deadline:quantile=2",
                "deadline:sigma=-0.1",
                "deadline:max-requests=0"
            })
    void marginsAreChecked(String admission) {
        assertThatThrownBy(() -> PolicyChoice.DEFAULT.withAdmission(admission))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("admission policy 'deadline': ");
    }

    @Test
    void limitsAreRead() {
        String limits = "limits:reject-early=yes,max-requests=P0=20000/shed=100/*=1000";
        assertThat(PolicyChoice.DEFAULT.withAdmission(limits).admission()).isEqualTo(limits);
    }
}

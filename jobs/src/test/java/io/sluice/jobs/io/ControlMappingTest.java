package io.sluice.jobs.io;

import io.sluice.jobs.flow.ControlMessage;
import io.sluice.jobs.flow.PolicyChange;
import io.sluice.jobs.state.LogPosition;
import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.ControlType;

import org.junit.jupiter.api.Test;

import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A change of policies as it is read from the control topic. */
class ControlMappingTest {

    private static final LogPosition POSITION = new LogPosition("inference.control", 2, 40, 1_000);

    @Test
    void aChangeNamesWhatItChangesAndWhereItStands() {
        ControlMessage message =
                map(change().setOrderingPolicy("sjf:max-overtake=2s").setReason("a quiet night"));

        assertThat(message.kind()).isEqualTo(ControlMessage.Kind.POLICY);
        assertThat(message.policies())
                .isEqualTo(
                        new PolicyChange(
                                "sjf:max-overtake=2s",
                                null,
                                null,
                                null,
                                null,
                                null,
                                "a quiet night",
                                POSITION));
    }

    @Test
    void whatConcernsTheSlaJobAloneIsNoDeadLetterHere() {
        ControlMessage message = map(change().setType(ControlType.OBJECTIVE));

        assertThat(message.kind()).isEqualTo(ControlMessage.Kind.OBJECTIVE);
    }

    @Test
    void eachKindOfPolicyCanBeChanged() {
        PolicyChange change =
                map(change().setFairnessPolicy("vtc")
                                .setAdmissionPolicy("fits")
                                .setPreemptionPolicy("total-wait")
                                .setBatchingPolicy("continuous:look-ahead=none")
                                .setRoutingPolicy("round-robin"))
                        .policies();

        assertThat(change.ordering()).isNull();
        assertThat(change.fairness()).isEqualTo("vtc");
        assertThat(change.admission()).isEqualTo("fits");
        assertThat(change.preemption()).isEqualTo("total-wait");
        assertThat(change.batching()).isEqualTo("continuous:look-ahead=none");
        assertThat(change.routing()).isEqualTo("round-robin");
    }

    @Test
    void aChangeThatCannotBeReadBecomesADeadLetterThatNamesTheChoices() {
        assertRefused(change(), "POLICY needs at least one of ordering_policy, fairness_policy");
        assertRefused(
                change().setOrderingPolicy("lifo"),
                "unknown ordering policy 'lifo'; choose one of classification,");
        assertRefused(
                change().setRoutingPolicy("nearest"),
                "unknown routing policy 'nearest'; choose one of least-outstanding,");
        assertRefused(
                change().setOrderingPolicy("k-lpm:k=0"), "'0' is not a whole number from 1 to");
    }

    private static void assertRefused(ControlEvent.Builder event, String why) {
        assertThatThrownBy(() -> map(event))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private static ControlMessage map(ControlEvent.Builder event) {
        return new ControlMapping().map(event.build(), POSITION);
    }

    private static ControlEvent.Builder change() {
        return ControlEvent.newBuilder()
                .setType(ControlType.POLICY)
                .setFairnessId("")
                .setIssuedAt(Instant.EPOCH);
    }
}

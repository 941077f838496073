package io.sluice.apps.page.live;

import io.sluice.apps.page.live.PoliciesView.Change;
import io.sluice.apps.page.live.PoliciesView.Fate;
import io.sluice.apps.page.live.PoliciesView.InForce;
import io.sluice.apps.page.live.PoliciesView.Kind;
import io.sluice.apps.page.live.PoliciesView.Told;
import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.ControlType;
import io.sluice.schemas.avro.DecisionKind;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

/** Which policies are in force since when, and who changed what. */
class PoliciesTest {

    private static final long NOW = 1_800_000_000_000L;

    private final LiveModel model = new LiveModel();

    private void order(ControlEvent.Builder order, long offset, long at) {
        model.order(order.build(), position(offset), at);
    }

    private static String position(long offset) {
        return "inference.control-2-" + offset;
    }

    private void decided(
            DecisionKind kind, String policy, long version, @Nullable String position, long at) {
        model.decision(
                Records.decision(kind, "r", "gpu-1")
                        .setPolicy(policy)
                        .setPolicyVersion(version)
                        .setConfigPosition(position)
                        .setDecidedAt(Instant.ofEpochMilli(at))
                        .build());
    }

    private PoliciesView policies() {
        return model.snapshot(NOW).policies();
    }

    private InForce inForce(Kind kind) {
        return policies().inForce().stream()
                .filter(one -> one.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private Fate fate(int change) {
        Fate fate = policies().changes().get(change).fate();
        assertThat(fate).isNotNull();
        return fate;
    }

    @Test
    void withoutChangesDecisionsTellWhatTheyGoBy() {
        decided(DecisionKind.DISPATCH, "priority", 0, null, NOW - 60_000);
        decided(DecisionKind.DISPATCH, "priority", 0, null, NOW);

        assertThat(inForce(Kind.ORDERING))
                .isEqualTo(
                        new InForce(
                                Kind.ORDERING,
                                "priority",
                                Told.DECISION,
                                NOW - 60_000,
                                false,
                                0L,
                                null));
        assertThat(inForce(Kind.FAIRNESS)).isEqualTo(InForce.unknown(Kind.FAIRNESS));
    }

    @Test
    void aChangeIsInForceFromItsPlaceOnOnceDecisionsNameIt() {
        decided(DecisionKind.DISPATCH, "priority", 0, null, NOW - 60_000);
        order(
                SloRecords.order(ControlType.POLICY)
                        .setOrderingPolicy("sjf")
                        .setFairnessPolicy("vtc"),
                7,
                NOW - 30_000);
        assertThat(fate(0)).isEqualTo(Fate.AWAITED);
        assertThat(inForce(Kind.ORDERING).policy()).isEqualTo("priority");
        assertThat(inForce(Kind.FAIRNESS).policy()).isNull();

        decided(DecisionKind.DISPATCH, "sjf", 1, position(7), NOW - 20_000);
        assertThat(fate(0)).isEqualTo(Fate.NAMED);
        InForce ordering = inForce(Kind.ORDERING);
        assertThat(ordering.policy()).isEqualTo("sjf");
        assertThat(ordering.sinceMillis()).isEqualTo(NOW - 30_000);
        assertThat(ordering.wasSet()).isTrue();
        assertThat(ordering.position()).isEqualTo(position(7));
        assertThat(inForce(Kind.FAIRNESS).policy()).isEqualTo("vtc");
        assertThat(inForce(Kind.FAIRNESS).told()).isEqualTo(Told.CHANGE);
    }

    @Test
    void aSubtaskThatIsBehindChangesNothing() {
        decided(DecisionKind.ROUTE, "round-robin", 3, position(9), NOW);
        decided(DecisionKind.ROUTE, "least-outstanding", 2, position(8), NOW);
        assertThat(inForce(Kind.ROUTING).policy()).isEqualTo("round-robin");
    }

    @Test
    void aChangeThatDecisionsPassOverIsSaid() {
        order(SloRecords.order(ControlType.POLICY).setOrderingPolicy("nonsense"), 7, NOW - 3);
        order(SloRecords.order(ControlType.POLICY).setOrderingPolicy("sjf"), 8, NOW - 2);
        decided(DecisionKind.DISPATCH, "sjf", 1, position(8), NOW);
        assertThat(fate(0)).isEqualTo(Fate.NAMED);
        assertThat(fate(1)).isEqualTo(Fate.PASSED);
    }

    @Test
    void drainsAndObjectivesAreChangesAndOrdersAboutRequestsANumber() {
        order(SloRecords.order(ControlType.DRAIN).setInstanceId("gpu-1"), 1, NOW - 3);
        order(SloRecords.order(ControlType.CANCEL).setRequestId("r"), 2, NOW - 2);
        order(
                SloRecords.order(ControlType.OBJECTIVE)
                        .setObjective(SloRecords.objective("chat").build()),
                3,
                NOW - 1);

        assertThat(policies().changes())
                .extracting(Change::type)
                .containsExactly("OBJECTIVE", "DRAIN");
        assertThat(policies().changes().get(1).instance()).isEqualTo("gpu-1");
        assertThat(policies().changes().get(1).by()).isEqualTo("ann");
        assertThat(policies().requestOrders()).isEqualTo(1);
        assertThat(model.snapshot(NOW, new Selection("", "", "", "gpu-2")).policies().changes())
                .extracting(Change::type)
                .containsExactly("OBJECTIVE");
    }

    @Test
    void theNewestAreKeptWhateverTheOrderOfReading() {
        for (int i = Policies.MOST_CHANGES + 50; i > 0; i--) {
            order(SloRecords.order(ControlType.DRAIN).setInstanceId("gpu-" + i), i, NOW + i);
        }
        assertThat(policies().changes()).hasSize(Policies.MOST_ROWS);
        assertThat(policies().changes().get(0).instance()).isEqualTo("gpu-250");
        assertThat(policies().others()).isEqualTo(Policies.MOST_CHANGES - Policies.MOST_ROWS);
    }
}

package io.sluice.apps.page.live;

import io.sluice.apps.page.live.PoliciesView.Change;
import io.sluice.apps.page.live.PoliciesView.Fate;
import io.sluice.apps.page.live.PoliciesView.InForce;
import io.sluice.apps.page.live.PoliciesView.Kind;
import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.ControlType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.Locale;

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

    private void said(Kind kind, String policy, long version, @Nullable String position, long at) {
        model.config(
                SloRecords.inForce(
                                kind.name().toLowerCase(Locale.ROOT), policy, version, position, at)
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
    void withoutChangesTheJobTellsWhatItGoesBy() {
        assertThat(inForce(Kind.FAIRNESS)).isEqualTo(InForce.unknown(Kind.FAIRNESS));
        said(Kind.FAIRNESS, "vtc", 0, null, NOW - 60_000);
        said(Kind.FAIRNESS, "vtc", 0, null, NOW);

        assertThat(inForce(Kind.FAIRNESS))
                .isEqualTo(new InForce(Kind.FAIRNESS, "vtc", NOW - 60_000, false, 0L, null));
        assertThat(inForce(Kind.ORDERING).policy()).isNull();
    }

    @Test
    void aChangeIsInForceFromItsPlaceOnOnceTheJobSaysSo() {
        said(Kind.ORDERING, "priority", 0, null, NOW - 60_000);
        said(Kind.FAIRNESS, "none", 0, null, NOW - 60_000);
        order(
                SloRecords.order(ControlType.POLICY)
                        .setOrderingPolicy("sjf")
                        .setFairnessPolicy("vtc"),
                7,
                NOW - 30_000);
        assertThat(fate(0)).isEqualTo(Fate.AWAITED);
        assertThat(inForce(Kind.ORDERING).policy()).isEqualTo("priority");
        assertThat(inForce(Kind.FAIRNESS).policy()).isEqualTo("none");

        said(Kind.ORDERING, "sjf", 1, position(7), NOW - 20_000);
        said(Kind.FAIRNESS, "vtc", 1, position(7), NOW - 20_000);
        assertThat(fate(0)).isEqualTo(Fate.TAKEN);
        assertThat(inForce(Kind.ORDERING))
                .isEqualTo(new InForce(Kind.ORDERING, "sjf", NOW - 30_000, true, 1L, position(7)));
        assertThat(inForce(Kind.FAIRNESS).policy()).isEqualTo("vtc");
    }

    @Test
    void whatAnOlderAttemptOfTheJobStillSaysCountsNoMore() {
        model.config(
                SloRecords.inForce("routing", "round-robin", 0, null, NOW - 10)
                        .setEpoch(2L)
                        .build());
        said(Kind.ROUTING, "least-outstanding", 5, position(8), NOW);
        assertThat(inForce(Kind.ROUTING).policy()).isEqualTo("round-robin");
    }

    @Test
    void aJobThatBeganAnewGoesByItsOptionsWhateverWasOrderedBefore() {
        order(SloRecords.order(ControlType.POLICY).setOrderingPolicy("sjf"), 7, NOW - 30);
        said(Kind.ORDERING, "sjf", 1, position(7), NOW - 20);
        model.config(SloRecords.inForce("ordering", "sjf", 0, null, NOW).setEpoch(2L).build());
        assertThat(inForce(Kind.ORDERING).position()).isNull();
        assertThat(inForce(Kind.ORDERING).wasSet()).isFalse();
    }

    @Test
    void aChangeThatTheJobPassesOverIsSaid() {
        order(SloRecords.order(ControlType.POLICY).setOrderingPolicy("nonsense"), 7, NOW - 3);
        order(SloRecords.order(ControlType.POLICY).setOrderingPolicy("sjf"), 8, NOW - 2);
        said(Kind.ORDERING, "sjf", 1, position(8), NOW);
        assertThat(fate(0)).isEqualTo(Fate.TAKEN);
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

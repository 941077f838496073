package io.sluice.apps.page.live;

import io.sluice.apps.page.live.SloView.ObjectiveView;
import io.sluice.apps.page.live.SloView.Standing;
import io.sluice.schemas.avro.AlertSeverity;
import io.sluice.schemas.avro.SloObjective;
import io.sluice.schemas.avro.SloScope;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * How objectives stand: the newest status of each, worst first, and never more than a screenful.
 */
class ObjectivesTest {

    private static final long NOW = 1_800_000_000_000L;

    private final LiveModel model = new LiveModel();
    private final SloObjective chat = SloRecords.objective("chat").setPer(SloScope.TENANT).build();

    private void status(SloObjective of, SloScope scope, String value, long good, long bad) {
        statusAt(of, scope, value, good, bad, NOW);
    }

    private void statusAt(
            SloObjective of, SloScope scope, String value, long good, long bad, long at) {
        model.status(SloRecords.status(of, scope, value, new long[] {good, bad}, at).build());
    }

    private List<ObjectiveView> objectives() {
        return objectives(Selection.ALL);
    }

    private List<ObjectiveView> objectives(Selection selection) {
        return model.snapshot(NOW, selection).slo().objectives();
    }

    private static List<String> values(ObjectiveView objective) {
        return objective.values().stream().map(Standing::value).toList();
    }

    @Test
    void theNewestStatusOfAKeyHoldsWhateverTheOrder() {
        statusAt(chat, SloScope.ALL, "all", 90, 10, NOW);
        statusAt(chat, SloScope.ALL, "all", 5, 5, NOW - 10_000);

        Standing all = objectives().get(0).all();
        assertThat(all.good()).isEqualTo(90);
        assertThat(all.attainment()).isEqualTo(0.9);
        assertThat(all.budgetLeft()).isEqualTo(-1, within(1e-9));
        assertThat(all.burns()).containsExactly(burn(5, 2, 100), burn(60, 2, 100));
        assertThat(model.snapshot(NOW).slo().asOfMillis()).isEqualTo(NOW);
    }

    private static SloView.Burn burn(int minutes, long rate, long requests) {
        double exact = SloRecords.burn(SloRecords.objective("x").build(), 90, 10);
        assertThat(exact).isEqualTo(rate, within(1e-9));
        return new SloView.Burn(minutes * 60_000L, exact, requests);
    }

    @Test
    void whoHasAnAlertIsFirstThenWhoHasLeastLeftAndLastWhoHasNoRequests() {
        status(chat, SloScope.TENANT, "good", 1_000, 1);
        status(chat, SloScope.TENANT, "none", 0, 0);
        status(chat, SloScope.TENANT, "spent", 50, 50);
        status(chat, SloScope.TENANT, "alerted", 99, 1);
        model.alert(SloRecords.alert(chat, "alerted", AlertSeverity.TICKET, NOW).build());

        ObjectiveView objective = objectives().get(0);
        assertThat(values(objective)).containsExactly("alerted", "spent", "good", "none");
        assertThat(objective.values().get(0).alert()).isEqualTo("TICKET");
        assertThat(objective.values().get(3).matched()).isFalse();
        assertThat(objective.spent()).isEqualTo(1);
    }

    @Test
    void whatIsRemovedIsGone() {
        status(chat, SloScope.ALL, "all", 90, 10);
        status(chat, SloScope.TENANT, "acme", 90, 10);
        remove(SloScope.TENANT, "acme");
        assertThat(objectives().get(0).values()).isEmpty();

        remove(SloScope.ALL, "all");
        assertThat(objectives()).isEmpty();
    }

    private void remove(SloScope scope, String value) {
        model.status(
                SloRecords.status(chat, scope, value, new long[] {0, 0}, NOW)
                        .setRemoved(true)
                        .build());
    }

    @Test
    void thousandsOfValuesBecomeAFewOfTheWorstAndNumbers() {
        for (int i = 0; i < Objectives.MOST_STATUSES + 7; i++) {
            status(chat, SloScope.TENANT, "t" + i, 100, i % 2 == 0 ? 0 : 50);
        }

        ObjectiveView objective = objectives().get(0);
        assertThat(objective.values()).hasSize(50).allMatch(value -> value.bad() == 50);
        assertThat(objective.others()).isEqualTo(Objectives.MOST_STATUSES - 50);
        assertThat(objective.spent()).isEqualTo(Objectives.MOST_STATUSES / 2);
        assertThat(model.snapshot(NOW).slo().leftOut()).isEqualTo(7);
    }

    @Test
    void manyObjectivesShareTheRoom() {
        for (int i = 0; i < Objectives.MOST_OBJECTIVES + 2; i++) {
            SloObjective each = SloRecords.objective("o" + i).setPer(SloScope.TENANT).build();
            for (int tenant = 0; tenant < 10; tenant++) {
                status(each, SloScope.TENANT, "t" + tenant, 100, tenant);
            }
        }

        SloView seen = model.snapshot(NOW).slo();
        assertThat(seen.objectives()).hasSize(Objectives.MOST_OBJECTIVES);
        assertThat(seen.others()).isEqualTo(2);
        assertThat(values(seen.objectives().get(0))).containsExactly("t9", "t8", "t7");
    }

    @Test
    void aSelectionKeepsWhatIsAboutItAndWhatIsAboutAll() {
        SloObjective urgent = SloRecords.objective("urgent").setPriorityClass("P0").build();
        SloObjective globex = SloRecords.objective("globex").setTenant("globex").build();
        status(chat, SloScope.TENANT, "Acme Ltd", 90, 10);
        status(chat, SloScope.TENANT, "globex", 90, 10);
        status(urgent, SloScope.ALL, "all", 99, 1);
        status(globex, SloScope.ALL, "all", 98, 1);

        assertThat(objectives(new Selection("acme", "", "", "")))
                .extracting(view -> view.promise().id())
                .containsExactly("chat", "urgent");
        assertThat(values(objectives(new Selection("acme", "", "", "")).get(0)))
                .containsExactly("Acme Ltd");
        assertThat(objectives(new Selection("", "P1", "", "")))
                .extracting(view -> view.promise().id())
                .containsExactly("chat", "globex");
    }
}

package io.sluice.apps.page.live;

import io.sluice.apps.page.live.AlertsView.AlertView;
import io.sluice.schemas.avro.Alert;
import io.sluice.schemas.avro.AlertSeverity;
import io.sluice.schemas.avro.SloObjective;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Alerts that are open, and those that ended a while ago. */
class AlertsTest {

    private static final long NOW = 1_800_000_000_000L;
    private static final SloObjective CHAT = SloRecords.objective("chat").build();

    private final LiveModel model = new LiveModel();

    private AlertsView alerts() {
        return model.snapshot(NOW).alerts();
    }

    private static Alert.Builder alert(String tenant, AlertSeverity severity, long openedAt) {
        return SloRecords.alert(CHAT, tenant, severity, openedAt);
    }

    @Test
    void anAlertIsAsItsNewestRecordSaysAlsoIfOlderOnesAreHeardAgain() {
        Alert.Builder opened = alert("acme", AlertSeverity.PAGE, NOW - 60_000);
        model.alert(opened.build());
        model.alert(
                Alert.newBuilder(opened)
                        .setSeq(2)
                        .setCauses(List.of(SloRecords.lost("gpu-1", NOW - 70_000)))
                        .build());
        model.alert(opened.build());

        assertThat(alerts().open()).hasSize(1);
        AlertView seen = alerts().open().get(0);
        assertThat(seen.seq()).isEqualTo(2);
        assertThat(seen.causes())
                .containsExactly(
                        new AlertsView.CauseView(
                                "INSTANCE_LOST", "silent for 20 s", NOW - 70_000, "gpu-1"));
        assertThat(alerts().pages()).isEqualTo(1);
    }

    @Test
    void anAlertThatEndedIsShownForAnHour() {
        Alert.Builder recent = alert("acme", AlertSeverity.PAGE, NOW - 60_000);
        Alert.Builder old = alert("globex", AlertSeverity.PAGE, NOW - 9_000_000);
        model.alert(recent.build());
        model.alert(old.build());
        model.alert(SloRecords.resolved(old, 2, NOW - Alerts.RESOLVED_MILLIS - 1).build());
        model.alert(SloRecords.resolved(recent, 2, NOW - 1_000).build());

        assertThat(alerts().open()).isEmpty();
        assertThat(alerts().resolved()).extracting(AlertView::value).containsExactly("acme");
        assertThat(alerts().resolved().get(0).resolvedMillis()).isEqualTo(NOW - 1_000);
        assertThat(model.snapshot(NOW + Alerts.RESOLVED_MILLIS).alerts().resolved()).isEmpty();
    }

    @Test
    void pagesComeFirstAndTooManyAreANumber() {
        for (int i = 0; i < Alerts.MOST_ROWS; i++) {
            model.alert(alert("t" + i, AlertSeverity.TICKET, NOW).build());
        }
        model.alert(alert("zed", AlertSeverity.PAGE, NOW).build());

        assertThat(alerts().open()).hasSize(Alerts.MOST_ROWS);
        assertThat(alerts().open().get(0).value()).isEqualTo("zed");
        assertThat(alerts().otherOpen()).isEqualTo(1);
        assertThat(alerts().pages()).isEqualTo(1);
    }

    @Test
    void noMoreAreKeptThanFit() {
        for (int i = 0; i < Alerts.MOST_ALERTS + 5; i++) {
            model.alert(alert("t" + i, AlertSeverity.TICKET, NOW).build());
        }

        assertThat(alerts().otherOpen()).isEqualTo(Alerts.MOST_ALERTS - Alerts.MOST_ROWS);
        assertThat(alerts().leftOut()).isEqualTo(5);
    }

    @Test
    void aSelectionIsOfThoseThatAreConcerned() {
        model.alert(alert("acme", AlertSeverity.PAGE, NOW).build());
        model.alert(alert("globex", AlertSeverity.PAGE, NOW).build());

        AlertsView seen = model.snapshot(NOW, new Selection("GLOB", "", "", "")).alerts();
        assertThat(seen.open()).extracting(AlertView::value).containsExactly("globex");
    }
}

package io.sluice.apps.page;

import io.sluice.apps.browser.Tab;
import io.sluice.apps.page.live.SloRecords;
import io.sluice.schemas.avro.ControlType;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Policies in force and who changed what, in a real browser. */
class BrowserPoliciesTest extends BrowserScene {

    @Test
    void aChangeIsSeenAndThenInForce() {
        long now = Clock.systemUTC().millis();
        scene.play();
        try (Tab tab = open(WIDE, false)) {
            tab.awaitText("#policies", "no job has said yet");
            for (String decides : List.of("ordering", "fairness")) {
                scene.model()
                        .config(SloRecords.inForce(decides, decides + "-1", 0, null, now).build());
            }
            tab.awaitText("#policies", "fairness-1");
            assertThat(text(tab, "#policies")).contains("ordering-1", "or earlier");
            assertThat(text(tab, "#changes")).contains("nobody has changed anything");

            scene.model()
                    .order(
                            SloRecords.order(ControlType.POLICY)
                                    .setOrderingPolicy("sjf")
                                    .setReason("<i>nightly</i>")
                                    .build(),
                            "inference.control-1-4",
                            now);
            tab.awaitText("#changes", "ordering sjf");
            assertThat(text(tab, "#changes"))
                    .contains("ann", "<i>nightly</i>", "the job has not taken it yet");

            scene.model()
                    .config(
                            SloRecords.inForce("ordering", "sjf", 1, "inference.control-1-4", now)
                                    .build());
            tab.awaitText("#changes", "✓ the job went by it");
            assertThat(text(tab, "#policies tbody tr"))
                    .contains("sjf", "after 1 changes", "inference.control-1-4");
            assertThat(tab.complaints()).isEmpty();
        }
    }
}

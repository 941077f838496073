package io.sluice.apps.page;

import io.sluice.apps.browser.Tab;
import io.sluice.apps.page.live.Records;
import io.sluice.apps.page.live.SloRecords;
import io.sluice.schemas.avro.ControlType;
import io.sluice.schemas.avro.DecisionKind;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

/** Policies in force and who changed what, in a real browser. */
class BrowserPoliciesTest extends BrowserScene {

    @Test
    void aChangeIsSeenAndThenInForce() {
        long now = Clock.systemUTC().millis();
        scene.play();
        try (Tab tab = open(WIDE, false)) {
            assertThat(text(tab, "#policies"))
                    .contains("priority:max-overtake=30s", "which no topic tells");
            assertThat(text(tab, "#changes")).contains("nobody has changed anything");

            scene.model()
                    .order(
                            SloRecords.order(ControlType.POLICY)
                                    .setOrderingPolicy("sjf")
                                    .setReason("<i>nightly</i>")
                                    .build(),
                            "inference.control-1-4",
                            now);
            awaitText(tab, "#changes", "ordering sjf");
            assertThat(text(tab, "#changes"))
                    .contains("ann", "<i>nightly</i>", "no decision has been made by it yet");

            scene.model()
                    .decision(
                            Records.decision(DecisionKind.DISPATCH, "r", "gpu-1-a100-7b")
                                    .setPolicy("sjf")
                                    .setPolicyVersion(1L)
                                    .setConfigPosition("inference.control-1-4")
                                    .setDecidedAt(Instant.ofEpochMilli(now))
                                    .build());
            awaitText(tab, "#changes", "✓ decisions name it");
            assertThat(text(tab, "#policies tbody tr"))
                    .contains("sjf", "after 1 changes", "inference.control-1-4");
            assertThat(tab.complaints()).isEmpty();
        }
    }
}

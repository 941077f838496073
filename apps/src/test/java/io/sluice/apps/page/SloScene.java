package io.sluice.apps.page;

import io.sluice.apps.page.live.LiveModel;
import io.sluice.apps.page.live.SloRecords;
import io.sluice.schemas.avro.Alert;
import io.sluice.schemas.avro.AlertSeverity;
import io.sluice.schemas.avro.SloIndicator;
import io.sluice.schemas.avro.SloObjective;
import io.sluice.schemas.avro.SloScope;

import java.util.List;

/**
 * Three objectives: one that a tenant is denied, one that is kept, and one that selects nothing.
 */
final class SloScene {

    private static final SloObjective CHAT =
            SloRecords.objective("chat-ttft").setPer(SloScope.TENANT).build();
    private static final SloObjective DONE =
            SloRecords.objective("urgent-done")
                    .setIndicator(SloIndicator.SUCCESS)
                    .setThresholdMs(null)
                    .setPriorityClass("P0")
                    .build();
    private static final SloObjective NOBODY =
            SloRecords.objective("nobody").setTenant("nobody").build();
    private static final SloObjective OWN =
            SloRecords.objective("own-targets")
                    .setIndicator(SloIndicator.JOINT)
                    .setThresholdMs(null)
                    .setPer(SloScope.PRIORITY)
                    .build();

    private final LiveModel model;

    SloScene(LiveModel model) {
        this.model = model;
    }

    void play(long now) {
        status(CHAT, SloScope.ALL, "all", 9_520, 480, now);
        status(CHAT, SloScope.TENANT, "acme", 1_800, 400, now);
        status(CHAT, SloScope.TENANT, "globex", 4_000, 50, now);
        status(CHAT, SloScope.TENANT, "initech", 3_720, 180, now);
        status(DONE, SloScope.ALL, "all", 2_000, 3, now);
        status(NOBODY, SloScope.ALL, "all", 0, 0, now);
        status(OWN, SloScope.PRIORITY, "P0", 990, 10, now);
        Alert.Builder open = open("acme", now - 240_000);
        model.alert(open.build());
        Alert.Builder over = open("globex", now - 900_000);
        model.alert(SloRecords.resolved(over, 2, now - 600_000).build());
    }

    private static Alert.Builder open(String tenant, long at) {
        return SloRecords.alert(CHAT, tenant, AlertSeverity.PAGE, at)
                .setCauses(List.of(SloRecords.lost("gpu-1-a100-7b", at - 30_000)));
    }

    private void status(
            SloObjective of, SloScope scope, String value, long good, long bad, long at) {
        model.status(SloRecords.status(of, scope, value, new long[] {good, bad}, at).build());
    }

    /** The alert of a tenant ends. */
    void ends(String tenant, long openedAt, long at) {
        model.alert(SloRecords.resolved(open(tenant, openedAt), 2, at).build());
    }

    /** An alert opens. */
    void opens(String tenant, long at) {
        model.alert(open(tenant, at).build());
    }

    /** This text as a tenant with an alert, and as a cause of it. */
    void hostile(String text, long at) {
        status(CHAT, SloScope.TENANT, text, 10, 90, at);
        model.alert(
                SloRecords.alert(CHAT, text, AlertSeverity.PAGE, at)
                        .setMessage(text)
                        .setCauses(List.of(SloRecords.lost(text, at)))
                        .build());
    }
}

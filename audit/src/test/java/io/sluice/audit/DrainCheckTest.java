package io.sluice.audit;

import io.sluice.audit.Finding.Promise;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Nothing starts where nothing may start. */
class DrainCheckTest {

    private final CraftedLog log = new CraftedLog(AuditSettings.RUNNING);

    private CraftedLog letGo(long epoch, long atMillis) {
        return log.write(
                "handbacks",
                0,
                atMillis,
                Map.of(
                        "instance_id",
                        "gpu-0",
                        "epoch",
                        epoch,
                        "reason",
                        "DRAINING",
                        "released_at",
                        atMillis));
    }

    private CraftedLog send(long epoch, long atMillis) {
        return log.write(
                "dispatch",
                0,
                atMillis,
                Map.of(
                        "type",
                        "DISPATCH",
                        "instance_id",
                        "gpu-0",
                        "epoch",
                        epoch,
                        "request_id",
                        "a",
                        "decided_at",
                        atMillis));
    }

    @Test
    void aWorkerThatDrainsAcceptsNothing() {
        log.says(0, "REGISTERED", 1, 10, false)
                .run(0, "ACCEPTED", 1, 1, "a", 1, 20)
                .says(0, "DRAINING", 1, 30, true);
        assertThat(log.report().findings()).isEmpty();
        log.run(0, "ACCEPTED", 1, 3, "b", 1, 40);
        assertThat(log.report().broken(Promise.NO_START_WHILE_DRAINING)).isEqualTo(1);
    }

    @Test
    void oneThatTakesWorkAgainMay() {
        log.says(0, "DRAINING", 1, 30, true)
                .says(0, "DRAINING", 1, 40, false)
                .run(0, "ACCEPTED", 1, 3, "b", 1, 50);
        assertThat(log.report().findings()).isEmpty();
    }

    @Test
    void aLaneThatHasLetGoSendsNothing() {
        log.says(0, "DRAINING", 1, 10, true);
        send(5, 90);
        letGo(5, 100);
        send(6, 200);
        assertThat(log.report().findings()).as("before, and in another attempt").isEmpty();

        send(5, 150);
        assertThat(log.report().broken(Promise.NO_DISPATCH_AFTER_DRAIN)).isEqualTo(1);
        assertThat(log.report().findings().get(0).what()).contains("50 ms after");
    }

    @Test
    void aLaneSendsAgainOnceItsWorkerTakesWork() {
        log.says(0, "DRAINING", 1, 10, true);
        letGo(5, 100);
        log.says(0, "DRAINING", 1, 30_000, false);
        send(5, 30_010);
        assertThat(log.report().findings()).isEmpty();
    }
}

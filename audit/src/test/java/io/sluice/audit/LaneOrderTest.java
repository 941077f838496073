package io.sluice.audit;

import io.sluice.audit.Finding.Promise;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The order in which a lane sends. */
class LaneOrderTest {

    private final CraftedLog log = new CraftedLog(AuditSettings.RUNNING);
    private long seq;

    private void submit(String id, long atMillis, int priority, int tokens) {
        submit(id, atMillis, Map.of("priority", priority, "input_tokens", tokens));
    }

    private void submit(String id, long atMillis, Map<String, ?> more) {
        Map<String, Object> fields = new HashMap<>(more);
        fields.put("request_id", id);
        fields.put("fairness_id", "acme");
        log.write("requests", 0, atMillis, fields);
    }

    private void send(String id, long epoch, int attempt, long atMillis) {
        log.write(
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
                        "seq",
                        ++seq,
                        "request_id",
                        id,
                        "fairness_id",
                        "acme",
                        "attempt",
                        attempt,
                        "decided_at",
                        atMillis));
    }

    /** One that stands behind all others is sent long before them, so all are known. */
    private void known(long epoch) {
        submit("witness", 400, 4, 1);
        send("witness", epoch, 1, 500);
    }

    @Test
    void whoCameEarlierGoesFirst() {
        submit("first", 100, 0, 10);
        submit("second", 200, 0, 10);
        known(1);
        send("second", 1, 1, 2_000);
        send("first", 1, 1, 3_000);
        assertThat(log.report().broken(Promise.ORDER)).isEqualTo(1);
        assertThat(log.report().findings().get(0).what())
                .contains("request second of acme 1000 ms before request first of acme");
        assertThat(log.report().comparedPairs()).isPositive();
    }

    @Test
    void unlessItWasNotKnownInTimeInThatAttemptOfTheJob() {
        submit("first", 100, 0, 10);
        submit("second", 200, 0, 10);
        known(1);
        send("second", 2, 1, 2_000);
        send("first", 2, 1, 3_000);
        assertThat(log.report().findings()).isEmpty();
    }

    /** The subtask that routes the first one may end its hold later than the other's. */
    @Test
    void rightAfterARestartNobodyIsJudged() {
        long settled = AuditSettings.RUNNING.settledAfterMillis();
        submit("before", 10, 0, 10);
        submit("first", 100, 0, 10);
        submit("second", 200, 0, 10);
        submit("third", 210, 0, 10);
        submit("fourth", 220, 0, 10);
        send("before", 1, 1, 20);
        known(2);
        send("second", 2, 1, 499 + settled);
        send("first", 2, 1, 600 + settled);
        assertThat(log.report().findings()).isEmpty();
        send("fourth", 2, 1, 700 + settled);
        send("third", 2, 1, 800 + settled);
        assertThat(log.report().broken(Promise.ORDER)).isEqualTo(1);
    }

    @Test
    void whoIsMoreUrgentMayGoAhead() {
        submit("first", 100, 0, 10);
        submit("urgent", 200, 3, 10);
        known(1);
        send("urgent", 1, 1, 2_000);
        send("first", 1, 1, 3_000);
        assertThat(log.report().findings()).isEmpty();
    }

    @Test
    void whoNeedsLessRoomMayGoAhead() {
        submit("first", 100, 0, 1_000);
        submit("small", 200, 0, 10);
        known(1);
        send("small", 1, 1, 2_000);
        send("first", 1, 1, 3_000);
        assertThat(log.report().findings()).isEmpty();
    }

    @Test
    void whoIsSentASecondTimeOrWaitedForOthersIsNotJudged() {
        submit("retried", 100, 0, 10);
        Map<String, Object> edge = new HashMap<>();
        submit("waits", 110, Map.of("wait_for", new ArrayList<>(List.of(edge))));
        submit("second", 200, 0, 10);
        known(1);
        send("second", 1, 1, 2_000);
        send("retried", 1, 2, 3_000);
        send("waits", 1, 1, 3_100);
        assertThat(log.report().findings()).isEmpty();
    }

    @Test
    void whoWasNotThereYetIsNotOvertaken() {
        submit("second", 200, 0, 10);
        known(1);
        send("second", 1, 1, 2_000);
        submit("late", 2_100, 4, 10);
        send("late", 1, 1, 3_000);
        assertThat(log.report().findings()).isEmpty();
    }
}

package io.sluice.audit;

import io.sluice.audit.Finding.Promise;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests and how they ended. */
class OutcomeAccountTest {

    private final CraftedLog log = new CraftedLog(AuditSettings.RUNNING.over());

    private AuditReport report() {
        return log.report();
    }

    @Test
    void aRequestWithoutAnOutcomeIsLostOnceEverythingIsOver() {
        CraftedLog running = new CraftedLog(AuditSettings.RUNNING).submit("a", 1);
        assertThat(running.report().findings()).isEmpty();
        assertThat(running.report().outcomes().open()).isEqualTo(1);

        log.submit("a", 1);
        assertThat(report().broken(Promise.NOTHING_LOST)).isEqualTo(1);
        assertThat(report().findings().get(0).what()).contains("request a of acme", "requests-0-0");
    }

    @Test
    void aRepeatedSubmissionIsTheSameRequest() {
        log.submit("a", 1).submit("a", 2).end("a", "EvictedTTL", 0, "");
        assertThat(report().findings()).isEmpty();
        assertThat(report().outcomes())
                .isEqualTo(new OutcomeFigures(1, 1, Map.of("EvictedTTL", 1L), 0, 0, 0));
    }

    @Test
    void anOutcomeThatIsWrittenAgainIsOneAndOneThatDiffersAnother() {
        log.submit("a", 1).end("a", "EvictedTTL", 0, "").end("a", "EvictedTTL", 0, "");
        assertThat(report().findings()).isEmpty();
        assertThat(report().outcomes().writtenAgain()).isEqualTo(1);

        log.end("a", "Failed", 1, "gpu-1");
        assertThat(report().broken(Promise.ONE_OUTCOME)).isEqualTo(1);
        assertThat(report().findings().get(0).what()).contains("EvictedTTL", "Failed of attempt 1");
    }

    @Test
    void anOutcomeOfNothingIsFound() {
        log.end("never", "EvictedTTL", 0, "");
        assertThat(report().broken(Promise.NO_OUTCOME_OF_NOTHING)).isEqualTo(1);
    }

    @Test
    void whatCannotBeReadIsADeadLetterOrWasDropped() {
        log.unreadable("requests", 3, 1);
        assertThat(report().broken(Promise.NOTHING_DROPPED)).isEqualTo(1);
        log.write(
                "dead-letters",
                0,
                2,
                Map.of("topic", "test.requests", "partition", 3, "offset", 0L));
        assertThat(report().findings()).isEmpty();
        assertThat(report().outcomes().deadLetters()).isEqualTo(1);
    }

    @Test
    void aRecordThatIsADeadLetterSubmitsNothing() {
        log.submit("too-long", 1)
                .write(
                        "dead-letters",
                        0,
                        2,
                        Map.of("topic", "inference.requests", "partition", 0, "offset", 0L));
        assertThat(report().findings()).isEmpty();
        assertThat(report().outcomes().submitted()).isZero();
    }

    @Test
    void aTenantThatIsNotNamedIsTheDefaultOne() {
        log.write("requests", 0, 1, Map.of("request_id", "a", "fairness_id", " "))
                .write(
                        "outcomes",
                        0,
                        2,
                        Map.of(
                                "request_id",
                                "a",
                                "fairness_id",
                                "default",
                                "outcome",
                                "EvictedTTL"));
        assertThat(report().findings()).isEmpty();
    }
}

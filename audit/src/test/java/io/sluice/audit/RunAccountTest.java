package io.sluice.audit;

import io.sluice.audit.Finding.Promise;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs, and whether their workers lived. */
class RunAccountTest {

    private static final long LEASE = AuditSettings.RUNNING.leaseMillis();

    private final CraftedLog log = new CraftedLog(AuditSettings.RUNNING.over());

    private void twoWorkersRunIt(long secondAt) {
        log.submit("a", 1)
                .says(0, "REGISTERED", 7, 10, false)
                .says(1, "REGISTERED", 8, 10, false)
                .run(0, "ACCEPTED", 7, 1, "a", 1, 20)
                .run(1, "ACCEPTED", 8, 1, "a", 2, 30)
                .run(1, "COMPLETED", 8, 2, "a", 2, 40)
                .end("a", "Completed", 2, "gpu-1")
                .run(0, "COMPLETED", 7, 2, "a", 1, secondAt);
    }

    @Test
    void twoCompletionsByWorkersThatLivedAreOneTooMany() {
        twoWorkersRunIt(50);
        assertThat(log.report().broken(Promise.ONE_COMPLETION)).isEqualTo(1);
        assertThat(log.report().findings().get(0).what())
                .contains("attempt 1 on gpu-0", "attempt 2 on gpu-1");
    }

    @Test
    void aCompletionAfterTheLeaseIsWastedAndNothingElse() {
        twoWorkersRunIt(10 + LEASE + 1);
        assertThat(log.report().findings()).isEmpty();
        assertThat(log.report().runs().wasted()).isEqualTo(Map.of("completed/Completed", 1L));
    }

    @Test
    void aWorkerThatWasDeadOnceStaysSoWhateverItSaysUntilItRegistersAnew() {
        log.says(0, "REGISTERED", 7, 10, false).says(0, "HEARTBEAT", 7, 10 + LEASE + 1, false);
        twoWorkersRunIt(10 + LEASE + 2);
        assertThat(log.report().findings()).isEmpty();
    }

    @Test
    void whatTheNextIncarnationFoundInItsLedgerCountsWithinTheLeaseOfTheOneBefore() {
        log.submit("a", 1)
                .says(0, "REGISTERED", 7, 10, false)
                .run(0, "ACCEPTED", 7, 1, "a", 1, 20)
                .run(0, "COMPLETED", 9, 1, "a", 1, 30)
                .says(0, "REGISTERED", 9, 40, false)
                .says(1, "REGISTERED", 8, 10, false)
                .run(1, "COMPLETED", 8, 1, "a", 2, 50)
                .end("a", "Completed", 1, "gpu-0");
        assertThat(log.report().broken(Promise.ONE_COMPLETION)).isEqualTo(1);
    }

    @Test
    void aReportThatIsThereTwiceIsOne() {
        log.submit("a", 1)
                .says(0, "REGISTERED", 7, 10, false)
                .run(0, "ACCEPTED", 7, 1, "a", 1, 20)
                .run(0, "COMPLETED", 7, 2, "a", 1, 30)
                .run(0, "COMPLETED", 7, 2, "a", 1, 30)
                .end("a", "Completed", 1, "gpu-0");
        assertThat(log.report().findings()).isEmpty();
        assertThat(log.report().runs()).isEqualTo(new RunFigures(1, 1, Map.of(), 0, 0));
    }

    @Test
    void anOutcomeNamesARunThatAWorkerReports() {
        log.submit("a", 1)
                .says(0, "REGISTERED", 7, 10, false)
                .run(0, "COMPLETED", 7, 2, "a", 1, 30)
                .end("a", "Completed", 2, "gpu-0");
        assertThat(log.report().broken(Promise.OUTCOME_NAMES_ITS_RUN)).isEqualTo(1);
    }

    @Test
    void runsThatCameToNothingAreCountedByTheirEnd() {
        log.submit("a", 1)
                .says(0, "REGISTERED", 7, 10, false)
                .run(0, "ACCEPTED", 7, 1, "a", 1, 20)
                .run(0, "FAILED", 7, 2, "a", 1, 30)
                .run(0, "ACCEPTED", 7, 3, "a", 2, 40)
                .run(0, "ACCEPTED", 7, 4, "a", 3, 50)
                .run(0, "COMPLETED", 7, 5, "a", 3, 60)
                .end("a", "Completed", 3, "gpu-0")
                .submit("b", 2)
                .run(0, "ACCEPTED", 7, 6, "b", 1, 70)
                .run(0, "COMPLETED", 7, 7, "b", 1, 80)
                .end("b", "EvictedContextCancelled", 1, "gpu-0");
        assertThat(log.report().findings()).isEmpty();
        assertThat(log.report().runs().wasted())
                .isEqualTo(
                        Map.of(
                                "failed/Completed", 1L,
                                "unreported/Completed", 1L,
                                "completed/EvictedContextCancelled", 1L));
    }

    @Test
    void commandsThatRepeatARunAreCounted() {
        Map<String, ?> command =
                Map.of(
                        "type",
                        "DISPATCH",
                        "instance_id",
                        "gpu-0",
                        "request_id",
                        "a",
                        "fairness_id",
                        "acme",
                        "attempt",
                        1);
        log.submit("a", 1)
                .write("dispatch", 0, 5, command)
                .write("dispatch", 0, 6, command)
                .end("a", "EvictedTTL", 0, "");
        assertThat(log.report().runs().repeatedCommands()).isEqualTo(1);
        assertThat(log.report().runs().dispatched()).isEqualTo(1);
    }
}

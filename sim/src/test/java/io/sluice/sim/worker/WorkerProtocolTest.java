package io.sluice.sim.worker;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.Progress;
import io.sluice.core.model.WorkerReport;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Optional;

import static io.sluice.sim.worker.RecordingWorker.MEASURES;
import static io.sluice.sim.worker.RecordingWorker.address;
import static io.sluice.sim.worker.RecordingWorker.dispatch;
import static io.sluice.sim.worker.RecordingWorker.id;
import static org.assertj.core.api.Assertions.assertThat;

class WorkerProtocolTest {

    private final HeapLedger ledger = new HeapLedger();
    private final RecordingWorker worker = new RecordingWorker(ledger);
    private final WorkerProtocol protocol = worker.protocol;

    @BeforeEach
    void started() {
        protocol.start(0);
        worker.acknowledgeAll();
    }

    @Test
    void writesTheLedgerBeforeItStartsAndNumbersItsReports() {
        protocol.command(dispatch("a", 1, address(1, 5, 1)), 10);
        protocol.completed(id("a", 1), MEASURES, 20);
        assertThat(worker.engineCalls).containsExactly("start t/a/1");
        assertThat(worker.kinds()).containsExactly("Registered", "Accepted", "Completed");
        assertThat(worker.reports).extracting(r -> r.origin().seq()).containsExactly(1L, 2L, 3L);
        assertThat(ledger.find(id("a", 1)).terminal()).isEqualTo(worker.last());
    }

    @Test
    void ignoresARepeatWhileItRunsAndAnswersItWithTheSameEndAfterwards() {
        protocol.command(dispatch("a", 1, address(1, 5, 1)), 10);
        protocol.command(dispatch("a", 1, address(1, 6, 2)), 11);
        assertThat(worker.kinds()).containsExactly("Registered", "Accepted");
        protocol.failed(id("a", 1), true, "oom", "out of memory", 20);
        protocol.command(dispatch("a", 1, address(1, 6, 3)), 30);
        assertThat(worker.kinds()).containsExactly("Registered", "Accepted", "Failed", "Failed");
        assertThat(worker.engineCalls).containsExactly("start t/a/1");
    }

    @Test
    void refusesWhatAnEarlierEpochSaysAndIgnoresWhatIsMeantForAnotherLife() {
        protocol.command(new LaneEffect.Sync(address(1, 6, 1)), 10);
        protocol.command(dispatch("a", 1, address(1, 5, 9)), 11);
        assertThat(worker.last()).isInstanceOf(WorkerReport.Refused.class);
        protocol.command(dispatch("a", 1, address(2, 7, 1)), 12);
        protocol.command(new LaneEffect.Fence(address(1, 5, 2)), 13);
        assertThat(worker.engineCalls).isEmpty();
        assertThat(protocol.incarnation()).isEqualTo(1);
        assertThat(protocol.epoch()).isEqualTo(6);
    }

    @Test
    void answersASyncWithEverythingAcceptedAndNotEnded() {
        protocol.command(dispatch("a", 1, address(1, 5, 1)), 10);
        protocol.command(dispatch("b", 2, address(1, 5, 2)), 10);
        protocol.completed(id("a", 1), MEASURES, 20);
        protocol.command(new LaneEffect.Sync(address(1, 7, 3)), 21);
        WorkerReport.Heartbeat echo = (WorkerReport.Heartbeat) worker.last();
        assertThat(echo.syncSeq()).isEqualTo(3);
        assertThat(echo.origin().epoch()).isEqualTo(7);
        assertThat(echo.accepted())
                .extracting(AcceptedRun::run)
                .extracting(DispatchId::of)
                .containsExactly(id("b", 2));
    }

    @Test
    void stopsARunAndReportsItCancelled() {
        protocol.command(dispatch("a", 1, address(1, 5, 1)), 10);
        protocol.command(
                new LaneEffect.Stop(address(1, 5, 2), id("a", 1).key(), 1, "no longer wanted"), 11);
        assertThat(worker.engineCalls).containsExactly("start t/a/1", "stop t/a/1");
        assertThat(worker.last()).isInstanceOf(WorkerReport.Cancelled.class);
    }

    @Test
    void interruptsARunAndReportsHowFarItHasCome() {
        worker.interruptedAt = Optional.of(new Progress(7, 17));
        protocol.command(dispatch("a", 1, address(1, 5, 1)), 10);
        protocol.command(preempt("a", 2), 11);
        protocol.command(preempt("a", 3), 12);
        assertThat(worker.engineCalls).containsExactly("start t/a/1", "interrupt t/a/1");
        assertThat(((WorkerReport.Preempted) worker.last()).progress())
                .isEqualTo(new Progress(7, 17));
        assertThat(ledger.find(id("a", 1)).terminal()).isEqualTo(worker.last());
        assertThat(protocol.runningCount()).isZero();
    }

    @Test
    void aRunThatCouldOnlyStartAfreshGoesOn() {
        protocol.command(dispatch("a", 1, address(1, 5, 1)), 10);
        protocol.command(preempt("a", 2), 11);
        assertThat(worker.kinds()).containsExactly("Registered", "Accepted");
        protocol.completed(id("a", 1), MEASURES, 20);
        assertThat(worker.last()).isInstanceOf(WorkerReport.Completed.class);
    }

    @Test
    void heartbeatsSayHowFarRunsHaveCome() {
        protocol.command(dispatch("a", 1, address(1, 5, 1)), 10);
        protocol.command(new LaneEffect.Sync(address(1, 5, 2)), 11);
        assertThat(((WorkerReport.Heartbeat) worker.last()).accepted())
                .extracting(AcceptedRun::progress)
                .containsExactly(new Progress(3, 13));
    }

    private static LaneEffect.Preempt preempt(String request, long seq) {
        return new LaneEffect.Preempt(address(1, 5, seq), id(request, 1).key(), 1, "another first");
    }

    @Test
    void aDrainingWorkerGivesBackWhatStillComes() {
        protocol.command(dispatch("a", 1, address(1, 5, 1)), 10);
        protocol.command(new LaneEffect.DrainWorker(address(1, 5, 2), true), 11);
        protocol.command(dispatch("b", 1, address(1, 5, 3)), 12);
        assertThat(worker.kinds())
                .containsExactly("Registered", "Accepted", "Draining", "GivenBack");
        assertThat(protocol.runningCount()).isEqualTo(1);
    }

    @Test
    void leavesByGivingBackWhatRuns() {
        protocol.command(dispatch("a", 1, address(1, 5, 1)), 10);
        protocol.leave(20);
        assertThat(worker.kinds())
                .containsExactly("Registered", "Accepted", "Draining", "GivenBack");
        assertThat(worker.engineCalls).endsWith("stop t/a/1");
    }

    @Test
    void refusesWhatItsEngineCanNeverRunWithoutHavingAcceptedIt() {
        worker.refusal = Optional.of(new WorkerEngine.Refusal("too_long", "4 is more than 3"));
        protocol.command(dispatch("a", 1, address(1, 5, 1)), 10);
        assertThat(worker.last())
                .isInstanceOfSatisfying(
                        WorkerReport.Refused.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo("too_long");
                            assertThat(refused.message()).isEqualTo("4 is more than 3");
                        });
        assertThat(worker.kinds()).containsExactly("Registered", "Refused");
        assertThat(ledger.entries()).isEmpty();
        assertThat(worker.engineCalls).isEmpty();
    }

    @Test
    void givesBackASingleRun() {
        protocol.command(dispatch("a", 1, address(1, 5, 1)), 10);
        protocol.command(dispatch("b", 1, address(1, 5, 2)), 10);
        protocol.giveBack(id("b", 1), 20);
        assertThat(worker.last()).isInstanceOf(WorkerReport.GivenBack.class);
        assertThat(worker.engineCalls).endsWith("stop t/b/1");
        assertThat(protocol.runningCount()).isEqualTo(1);
    }

    @Test
    void aWorkerThatRetiresTooLateDoesSoInItsNextLife() {
        protocol.command(dispatch("a", 1, address(1, 5, 1)), 10);
        protocol.retire(3_000);
        assertThat(worker.kinds())
                .containsExactly("Registered", "Accepted", "GivenBack", "Registered", "Draining");
        assertThat(protocol.isDraining()).isTrue();
    }

    @Test
    void leavingAfterRetiringSaysNothingTwice() {
        protocol.command(dispatch("a", 1, address(1, 5, 1)), 10);
        protocol.retire(11);
        protocol.leave(20);
        assertThat(worker.kinds())
                .containsExactly("Registered", "Accepted", "Draining", "GivenBack");
    }

    @Test
    void withoutAnAcknowledgedHeartbeatItStopsEverythingAndPresentsItselfAnew() {
        protocol.command(dispatch("a", 1, address(1, 5, 1)), 10);
        protocol.wakeup(1_000);
        protocol.wakeup(2_000);
        assertThat(protocol.nextWakeupMillis()).isEqualTo(3_000);
        protocol.completed(id("a", 1), MEASURES, 3_000);
        assertThat(worker.engineCalls).endsWith("stop t/a/1");
        assertThat(worker.kinds())
                .containsExactly(
                        "Registered",
                        "Accepted",
                        "Heartbeat",
                        "Heartbeat",
                        "GivenBack",
                        "Registered");
        assertThat(worker.last().origin().incarnation()).isEqualTo(2);
        assertThat(worker.last().origin().seq()).isEqualTo(2);
    }

    @Test
    void anAcknowledgedHeartbeatHoldsTheLeaseFromItsSending() {
        protocol.wakeup(1_000);
        worker.acknowledgeAll();
        protocol.wakeup(2_000);
        protocol.wakeup(3_999);
        assertThat(protocol.incarnation()).isEqualTo(1);
        protocol.wakeup(4_000);
        assertThat(protocol.incarnation()).isEqualTo(2);
    }

    @Test
    void acknowledgementsOfAnEarlierLifeHoldNothing() {
        protocol.wakeup(3_000);
        protocol.acknowledged(1, 100);
        protocol.wakeup(6_000);
        assertThat(protocol.incarnation()).isEqualTo(3);
    }

    @Test
    void aFencedWorkerPresentsItselfAnew() {
        protocol.command(dispatch("a", 1, address(1, 5, 1)), 10);
        protocol.command(new LaneEffect.Fence(address(1, 5, 2)), 11);
        assertThat(worker.engineCalls).endsWith("stop t/a/1");
        assertThat(worker.last()).isInstanceOf(WorkerReport.Registered.class);
        assertThat(protocol.runningCount()).isZero();
    }

    @Test
    void afterACrashItTellsTheEndOfEveryRunBeforeItRegisters() {
        protocol.command(dispatch("told", 1, address(1, 5, 1)), 10);
        protocol.completed(id("told", 1), MEASURES, 11);
        worker.acknowledgeAll();
        protocol.command(dispatch("untold", 1, address(1, 5, 2)), 12);
        protocol.completed(id("untold", 1), MEASURES, 13);
        protocol.command(dispatch("cut", 1, address(1, 5, 3)), 14);

        RecordingWorker again = new RecordingWorker(ledger);
        again.protocol.start(100);
        assertThat(again.kinds()).containsExactly("Completed", "GivenBack", "Registered");
        assertThat(again.reports).extracting(r -> r.origin().incarnation()).containsOnly(2L);
        again.protocol.command(dispatch("told", 1, address(2, 5, 1)), 101);
        assertThat(again.last()).isInstanceOf(WorkerReport.Completed.class);
        assertThat(again.engineCalls).isEmpty();
    }

    @Test
    void forgetsEndedRunsAfterTheirTime() {
        protocol.command(dispatch("a", 1, address(1, 5, 1)), 10);
        protocol.completed(id("a", 1), MEASURES, 20);
        worker.acknowledgeAll();
        long later = 20 + WorkerSettings.DEFAULTS.ledgerMillis();
        protocol.wakeup(later);
        worker.acknowledgeAll();
        protocol.wakeup(later + 1_000);
        assertThat(ledger.entries()).isEmpty();
    }
}

package io.sluice.demo.report;

import io.sluice.core.latency.LatencyMeasure;
import io.sluice.core.latency.SloCounts;
import io.sluice.core.latency.SloIndicator;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.policy.PolicyChoice;
import io.sluice.demo.broker.EmbeddedBroker;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static io.sluice.demo.report.CraftedTopics.completed;
import static org.assertj.core.api.Assertions.assertThat;

class RunReporterTest {

    private static final double SPEEDUP = 10;
    private static final RunDescription RUN =
            new RunDescription(PolicyChoice.DEFAULT, "crafted", 7, SPEEDUP, List.of("A100_4B"));

    private static EmbeddedBroker broker;

    private CraftedTopics topics;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.temporary();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void createTopics(TestInfo test) throws Exception {
        topics = new CraftedTopics(broker, test.getTestMethod().orElseThrow().getName() + ".");
    }

    @AfterEach
    void close() {
        topics.close();
    }

    @Test
    void emptyTopicsAreAnEmptyRun() {
        RunReport report = report();

        assertThat(report.requests())
                .isEqualTo(new RequestAccount(0, new TreeMap<>(), 0, 0, 0, 0, 0));
        assertThat(report.problem()).isEmpty();
        assertThat(report.wallSeconds()).isZero();
        assertThat(report.byPriority()).isEmpty();
    }

    @Test
    void countsEachRequestOnceByTenantAndId() throws Exception {
        topics.request("a", "1");
        topics.request("b", "1");
        topics.request("a", "1");
        topics.request("a", " ");
        topics.garbage(Topic.REQUESTS);
        topics.deadLetter();
        topics.outcome(completed("a", "1").build());
        topics.outcome(completed("b", "1").setOutcome(Outcome.RejectedInvalid).build());

        RunReport report = report();

        assertThat(report.requests().submitted()).isEqualTo(2);
        assertThat(report.requests().resubmitted()).isEqualTo(1);
        assertThat(report.requests().outcomes())
                .isEqualTo(Map.of("Completed", 1L, "RejectedInvalid", 1L));
        assertThat(report.deadLetters()).isEqualTo(1);
        assertThat(report.problem()).isEmpty();
    }

    @Test
    void aMissingOutcomeDoesNotAddUp() throws Exception {
        topics.request("a", "1");
        topics.request("a", "2");
        topics.outcome(completed("a", "1").build());
        topics.abortedOutcome(completed("a", "2").build());

        RunReport report = report();

        assertThat(report.requests().missing()).isEqualTo(1);
        assertThat(report.problem())
                .hasValueSatisfying(line -> assertThat(line).contains("1 missing"));
    }

    @Test
    void tellsARepetitionFromAContradiction() throws Exception {
        topics.request("a", "1");
        topics.request("a", "2");
        topics.outcome(completed("a", "1").build());
        topics.outcome(completed("a", "1").build());
        topics.outcome(completed("a", "2").build());
        topics.outcome(completed("a", "2").setOutcome(Outcome.EvictedTTL).build());

        RequestAccount account = report().requests();

        assertThat(account.reemitted()).isEqualTo(1);
        assertThat(account.duplicate()).isEqualTo(1);
        assertThat(account.outcomes()).isEqualTo(Map.of("Completed", 2L));
        assertThat(account.adds()).isFalse();
    }

    @Test
    void anOutcomeOfNoRequestDoesNotAddUp() throws Exception {
        topics.outcome(completed("a", "1").build());

        assertThat(report().requests().unexpected()).isEqualTo(1);
        assertThat(report().problem()).isPresent();
    }

    @Test
    void multipliesLatenciesBackAndCountsTheCompletedOnly() throws Exception {
        for (int i = 1; i <= 4; i++) {
            topics.request("a", "" + i);
        }
        topics.outcome(measured("1", 10, 4));
        topics.outcome(measured("2", 20, 4));
        topics.outcome(measured("3", 30, 0));
        topics.outcome(
                completed("a", "4")
                        .setOutcome(Outcome.EvictedTTL)
                        .setPriority(-1)
                        .setQueueWaitMs(100L)
                        .setE2eMs(100.0)
                        .setSloTtftMs(25.0)
                        .build());

        RunReport report = report();

        Distribution ttft = report.all().latency(LatencyMeasure.TTFT);
        assertThat(ttft.count()).isEqualTo(3);
        assertThat(ttft.p50()).isEqualTo(200);
        assertThat(ttft.p99()).isEqualTo(300);
        assertThat(ttft.mean()).isEqualTo(200);
        assertThat(report.all().latency(LatencyMeasure.QUEUE_WAIT).max()).isEqualTo(1000);
        assertThat(report.byPriority())
                .containsOnlyKeys(PriorityBand.P0, PriorityBand.P4, PriorityBand.SHED);
        assertThat(report.byPriority().get(PriorityBand.P0).latency(LatencyMeasure.E2E).count())
                .isEqualTo(2);
        assertThat(report.all().attainment(SloIndicator.TTFT)).isEqualTo(new SloCounts(4, 2));
        assertThat(report.byPriority().get(PriorityBand.SHED).attainment(SloIndicator.JOINT))
                .isEqualTo(new SloCounts(1, 0));
    }

    private static RequestOutcome measured(String id, double ttftMillis, int priority) {
        return completed("a", id)
                .setPriority(priority)
                .setQueueWaitMs(5L)
                .setTtftMs(ttftMillis)
                .setTpotMs(2.0)
                .setE2eMs(ttftMillis + 40)
                .setSloTtftMs(25.0)
                .build();
    }

    @Test
    void countsWhatLanesAndWorkersDid() throws Exception {
        topics.dispatch("a", "1", 1);
        topics.dispatch("b", "1", 1);
        topics.dispatch("a", "1", 1);
        topics.dispatch("a", "2", 2);
        topics.sync();
        topics.accepted(4);
        topics.accepted(8);
        topics.heartbeat(1, 100, 1);
        topics.heartbeat(1, 200, 2);
        topics.heartbeat(2, 300, 3);

        WorkFigures work = report().work();

        assertThat(work.dispatches()).isEqualTo(4);
        assertThat(work.redispatches()).isEqualTo(2);
        assertThat(work.overheadMillis().p50()).isEqualTo(4);
        assertThat(work.overheadMillis().p99()).isEqualTo(8);
        assertThat(work.instances())
                .isEqualTo(Map.of("gpu-1", new WorkFigures.Utilisation(500, 5)));
        assertThat(work.fleet().idleShare()).isEqualTo(0.01);
    }

    private RunReport report() {
        return RunReporter.report(topics.scan(), RUN);
    }
}

package io.sluice.demo.rules;

import io.sluice.core.model.WorkerReport.ReportOrigin;
import io.sluice.demo.process.JavaProcess;
import io.sluice.jobs.flow.Tick;
import io.sluice.jobs.flow.WorkerLogRecord;
import io.sluice.jobs.flow.WorkerReportMessage;
import io.sluice.jobs.io.Decoded;
import io.sluice.jobs.io.SchedulerKafka;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.WorkerEventType;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Death in log time: who lives is read from the log, and who is not heard stops by himself. */
@ExtendWith(Stage.Extension.class)
class Rule10DeathInLogTimeTest {

    private static final Duration LEASE = Duration.ofSeconds(6);

    /** The job is down for longer than the lease; the workers live all the time. */
    @ParameterizedTest
    @EnumSource
    void aJobThatWasAwayKillsNobody(Rule rule, Stage stage) {
        Blueprint.Change change =
                rule.pick(Blueprint.Change.NONE, Rule10DeathInLogTimeTest::byTheReadersClock);
        try (Scene scene = new Scene(stage, "rule10-" + rule);
                SchedulerRun job = SchedulerRun.start(scene, options(scene), change)) {
            ScriptedWorker slow = scene.worker("slow", 0).register().live();
            scene.submit("A");
            DispatchCommand running = slow.accept("A");
            scene.fastWorker("fast", 1).register().live();
            scene.awaitEcho("fast", 0);
            job.checkpoint();

            job.kill(() -> scene.letPass(LEASE.plusSeconds(1)));
            scene.submit("after");
            scene.completeAnywhere("after");
            if (rule == Rule.HOLDS) {
                slow.complete(running);
            } else {
                scene.completeAnywhere("A");
            }

            assertThat(scene.awaitOutcome(job, "A").getAttempt()).isEqualTo(rule.pick(1, 2));
            assertThat(scene.account().begun("A")).isEqualTo(rule.pick(1, 2));
        }
    }

    /**
     * A worker process is stopped for longer than its lease, and goes on as if nothing had been.
     */
    @ParameterizedTest
    @EnumSource
    void aWorkerThatWasBelievedDeadGivesUpWhatItRan(Rule rule, Stage stage, @TempDir Path folder) {
        String itsLease = rule.pick(LEASE.toMillis() + "ms", "1h");
        try (Scene scene = new Scene(stage, "rule10-stopped-" + rule);
                SchedulerRun job =
                        SchedulerRun.start(scene, options(scene), Blueprint.Change.NONE);
                JavaProcess real =
                        RealWorker.start(
                                scene,
                                "real",
                                0,
                                folder,
                                "--lease=" + itsLease,
                                "--heartbeat=500ms")) {
            scene.submit(RealWorker.running("A", 200));
            scene.awaitEvent(WorkerEventType.ACCEPTED, "A");
            RealWorker.stop(real);
            ScriptedWorker other = scene.worker("other", 1).register().live();
            DispatchCommand another = other.accept("A");

            RealWorker.resume(real);
            scene.awaitEvent(rule.pick(WorkerEventType.GIVEN_BACK, WorkerEventType.COMPLETED), "A");
            other.complete(another);

            scene.awaitOutcome(job, "A");
            assertThat(scene.account().completed("A")).isEqualTo(rule.pick(1, 2));
        }
    }

    private static Map<String, String> options(Scene scene) {
        Map<String, String> options = SchedulerRun.options(scene);
        options.put("sluice.scheduler.worker-lease", LEASE.toMillis() + " ms");
        return options;
    }

    /** The job, to which a record of the workers' log is of the moment at which it is read. */
    private static Blueprint byTheReadersClock(Blueprint job) {
        return job.workerEvents(
                job.source(
                        Topic.WORKER_EVENTS,
                        new Reread<>(
                                SchedulerKafka.workerEventSchema(),
                                Rule10DeathInLogTimeTest::ofThisMoment)));
    }

    private static Decoded<WorkerLogRecord> ofThisMoment(Decoded<WorkerLogRecord> read) {
        WorkerLogRecord record = read.value();
        long now = Instant.now().toEpochMilli();
        return record == null
                ? read
                : Decoded.of(
                        read.position(),
                        new WorkerLogRecord(
                                record.position(),
                                record.report() == null ? null : at(record.report(), now),
                                record.tick() == null ? null : at(record.tick(), now)));
    }

    private static Tick at(Tick tick, long now) {
        return new Tick(tick.epoch(), tick.partition(), tick.partitions(), now);
    }

    private static WorkerReportMessage at(WorkerReportMessage report, long now) {
        ReportOrigin origin = report.origin();
        return new WorkerReportMessage(
                report.kind(),
                new ReportOrigin(
                        origin.instanceId(),
                        origin.incarnation(),
                        origin.seq(),
                        origin.epoch(),
                        now),
                report.capacity(),
                report.accepted(),
                report.syncSeq(),
                report.flag(),
                report.run(),
                report.code(),
                report.message(),
                report.facts(),
                report.measures(),
                report.progress());
    }
}

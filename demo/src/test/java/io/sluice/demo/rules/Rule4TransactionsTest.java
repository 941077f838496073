package io.sluice.demo.rules;

import io.sluice.core.model.SettledRequest;
import io.sluice.jobs.io.SchedulerKafka;
import io.sluice.jobs.scheduling.OutcomeEncoder;
import io.sluice.jobs.state.EncodedOutcome;
import io.sluice.schemas.avro.Outcome;

import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Transactions: an outcome is seen when its checkpoint is complete, and is never lost. */
@ExtendWith(Stage.Extension.class)
class Rule4TransactionsTest {

    /**
     * Without a worker a request is rejected, and the job is killed before a checkpoint holds that.
     * Meanwhile a worker has come: the restored job decides otherwise.
     */
    @ParameterizedTest
    @EnumSource
    void nobodySeesADecisionThatIsTakenBack(Rule rule, Stage stage) {
        Blueprint.Change change = rule.pick(Blueprint.Change.NONE, PlainOutcomes::in);
        try (Scene scene = new Scene(stage, "rule4-" + rule);
                SchedulerRun job = SchedulerRun.start(scene, impatient(scene), change)) {
            job.checkpoint();
            scene.submit("A");
            scene.awaitWritten("A");

            ScriptedWorker worker = scene.worker("worker", 0);
            job.kill(worker::register);
            worker.complete(worker.accept("A"));
            scene.await(
                    "A to be seen completed",
                    () -> {
                        job.checkpoint();
                        return scene.outcomes("A").stream()
                                .anyMatch(seen -> seen.getOutcome() == Outcome.Completed);
                    });

            assertThat(scene.account().requests().duplicate()).isEqualTo(rule.pick(0L, 1L));
        }
    }

    /**
     * The cluster is lost between a state that holds an outcome and the commit of its transaction,
     * and is down until the broker gives the transaction up.
     */
    @ParameterizedTest
    @EnumSource
    void anOutcomeOutlivesItsTransaction(Rule rule, Stage stage) {
        Blueprint.Change change =
                rule.pick(Blueprint.Change.NONE, Rule4TransactionsTest::forgetful);
        try (Scene scene = new Scene(stage, "rule4-again-" + rule);
                SchedulerRun job = SchedulerRun.start(scene, change)) {
            ScriptedWorker worker = scene.worker("worker", 0).register();
            scene.submit("A");
            worker.complete(worker.accept("A"));
            scene.awaitWritten("A");
            String uncommitted = job.savepoint();

            job.replace(uncommitted, change, () -> abortTransactions(scene));
            scene.submit("B");
            worker.complete(worker.accept("B"));
            scene.awaitOutcome(job, "B");

            assertThat(scene.outcomes("A")).hasSize(rule.pick(1, 0));
            assertThat(scene.account().requests().missing()).isEqualTo(rule.pick(0L, 1L));
        }
    }

    private static Map<String, String> impatient(Scene scene) {
        Map<String, String> options = SchedulerRun.options(scene);
        options.put("sluice.scheduler.no-endpoint-request-ttl", "200 ms");
        return options;
    }

    /** As the broker does by itself when their time is over. */
    private static void abortTransactions(Scene scene) {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", scene.stage().bootstrapServers()))) {
            List<String> open =
                    admin.listTransactions().all().get().stream()
                            .filter(each -> each.state() == TransactionState.ONGOING)
                            .map(TransactionListing::transactionalId)
                            .filter(id -> id.startsWith(scene.prefix().value()))
                            .toList();
            assertThat(open).isNotEmpty();
            admin.fenceProducers(open).all().get();
        } catch (Exception exception) {
            throw new IllegalStateException(exception);
        }
    }

    /** The job with a journal that keeps nothing. */
    private static Blueprint forgetful(Blueprint job) {
        return job.settle(new NoJournal(SchedulerKafka.outcomeEncoder()));
    }

    private static final class NoJournal
            extends BroadcastProcessFunction<SettledRequest, Long, EncodedOutcome> {
        private static final long serialVersionUID = 1L;

        private final OutcomeEncoder encoder;

        NoJournal(OutcomeEncoder encoder) {
            this.encoder = encoder;
        }

        @Override
        public void processElement(
                SettledRequest settled, ReadOnlyContext context, Collector<EncodedOutcome> out) {
            out.collect(encoder.encode(settled, 0));
        }

        @Override
        public void processBroadcastElement(
                Long epoch, Context context, Collector<EncodedOutcome> out) {
            // It has nothing to write again.
        }
    }
}

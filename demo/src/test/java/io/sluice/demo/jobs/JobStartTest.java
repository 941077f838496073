package io.sluice.demo.jobs;

import io.sluice.demo.broker.EmbeddedBroker;
import io.sluice.demo.process.Await;
import io.sluice.demo.process.FreePorts;
import io.sluice.jobs.SchedulerJob;
import io.sluice.jobs.SettingsException;
import io.sluice.jobs.SlaJob;
import io.sluice.jobs.io.SchedulerKafka;
import io.sluice.jobs.io.SlaKafka;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A job whose broker or topics are not there is not submitted, and says what to do. */
class JobStartTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private enum Job {
        SCHEDULER(SchedulerJob::main, SchedulerKafka.TOPICS),
        SLA(SlaJob::main, SlaKafka.TOPICS);

        private final Main main;
        private final List<Topic> topics;

        Job(Main main, List<Topic> topics) {
            this.main = main;
            this.topics = topics;
        }
    }

    private interface Main {
        void run(String[] args) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void namesTheBrokerThatIsNotThere(Job job) {
        String nobody = "localhost:" + FreePorts.pick(1).get(0);

        assertFails(job, nobody)
                .withMessage(
                        "no Kafka broker answers on %s; start one, or say where it is with --sluice.kafka.bootstrap-servers",
                        nobody);
    }

    @ParameterizedTest
    @EnumSource
    void namesAnAddressThatIsNone(Job job) {
        assertFails(job, "nowhere")
                .withMessage(
                        "cannot use Kafka on nowhere: Invalid url in bootstrap.servers: nowhere");
    }

    @ParameterizedTest
    @EnumSource
    void namesEachTopicThatIsMissing(Job job) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.temporary();
                Admin admin =
                        Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            for (Topic missing : job.topics) {
                String name = missing.name(TopicPrefix.DEFAULT);
                assertFails(job, broker.bootstrapServers())
                        .withMessage(
                                "topic %s does not exist on %s; `sluice topics create` makes it",
                                name, broker.bootstrapServers());
                NewTopic topic = new NewTopic(name, Optional.of(1), Optional.empty());
                admin.createTopics(List.of(topic)).all().get();
                Await.until(
                        name + " to be known",
                        PATIENCE,
                        () -> admin.listTopics().names().get().contains(name));
            }
        }
    }

    private static ThrowableAssertAlternative<SettingsException> assertFails(
            Job job, String bootstrapServers) {
        return assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(
                        () ->
                                job.main.run(
                                        new String[] {
                                            "--sluice.kafka.bootstrap-servers", bootstrapServers
                                        }));
    }
}

package io.sluice.demo.rules;

import io.sluice.core.model.Release;
import io.sluice.core.model.SettledRequest;
import io.sluice.jobs.JobEnvironment;
import io.sluice.jobs.JobOptions;
import io.sluice.jobs.SettingsReader;
import io.sluice.jobs.flow.CommandMessage;
import io.sluice.jobs.flow.JobNotice;
import io.sluice.jobs.flow.LaneInput;
import io.sluice.jobs.flow.ReleaseMessage;
import io.sluice.jobs.flow.Submission;
import io.sluice.jobs.flow.WorkerLogRecord;
import io.sluice.jobs.io.Decoded;
import io.sluice.jobs.io.KafkaEdges;
import io.sluice.jobs.io.SchedulerKafka;
import io.sluice.jobs.scheduling.SchedulerOperators;
import io.sluice.jobs.scheduling.SchedulerSettings;
import io.sluice.jobs.scheduling.SchedulerSinks;
import io.sluice.jobs.scheduling.SchedulerSources;
import io.sluice.jobs.scheduling.SchedulerTopology;
import io.sluice.jobs.state.EncodedOutcome;
import io.sluice.schemas.Topic;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The parts of the scheduler job before they are put together: those of its {@code main}, unless a
 * test replaces one to show what goes wrong without it.
 *
 * @param settings its settings
 * @param sources what it reads
 * @param sinks what it writes
 * @param operators what decides
 * @param beside adds what else runs in the same job
 */
record Blueprint(
        SchedulerSettings settings,
        SchedulerSources sources,
        SchedulerSinks sinks,
        SchedulerOperators operators,
        Consumer<StreamExecutionEnvironment> beside) {

    /** Later than the end of every test. */
    private static final Duration NEVER = Duration.ofHours(1);

    /** A change of parts. */
    interface Change extends UnaryOperator<Blueprint> {
        /** The job as it is documented. */
        Change NONE = job -> job;
    }

    /** The job as it is documented. */
    static Blueprint of(Map<String, String> options) {
        List<String> arguments = new ArrayList<>();
        options.forEach((key, value) -> arguments.addAll(List.of("--" + key, value)));
        SchedulerSettings settings =
                SchedulerSettings.from(
                        SettingsReader.of(
                                new Configuration(),
                                arguments.toArray(String[]::new),
                                JobOptions.all()));
        SchedulerKafka kafka = new SchedulerKafka(settings);
        return new Blueprint(
                settings,
                kafka.sources(),
                kafka.sinks(),
                SchedulerOperators.of(settings.scheduling(), SchedulerKafka.outcomeEncoder()),
                env -> {});
    }

    /** Options of a job whose test takes the checkpoints, and whose workers never fall silent. */
    static Map<String, String> options(String bootstrapServers, String topicPrefix) {
        return new TreeMap<>(
                Map.of(
                        "sluice.kafka.bootstrap-servers", bootstrapServers,
                        "sluice.kafka.topic-prefix", topicPrefix,
                        "sluice.scheduler.ordering-policy", "fcfs",
                        "sluice.scheduler.worker-lease", "1 h",
                        "sluice.scheduler.checkpoint-interval", "1 h"));
    }

    /** A source of the job's own group that reads a topic in a way of its own. */
    <T> Source<T, ?, ?> source(Topic topic, KafkaRecordDeserializationSchema<T> schema) {
        return new KafkaEdges(settings.kafka()).committedRecords(topic, "sluice-scheduler", schema);
    }

    Blueprint requests(Source<Decoded<Submission>, ?, ?> requests) {
        return with(
                new SchedulerSources(
                        requests,
                        sources.control(),
                        sources.handBacks(),
                        sources.workerEvents(),
                        sources.ends(),
                        sources.epochs()));
    }

    Blueprint handBacks(Source<Decoded<Release>, ?, ?> handBacks) {
        return with(
                new SchedulerSources(
                        sources.requests(),
                        sources.control(),
                        handBacks,
                        sources.workerEvents(),
                        sources.ends(),
                        sources.epochs()));
    }

    Blueprint workerEvents(Source<Decoded<WorkerLogRecord>, ?, ?> workerEvents) {
        return with(
                new SchedulerSources(
                        sources.requests(),
                        sources.control(),
                        sources.handBacks(),
                        workerEvents,
                        sources.ends(),
                        sources.epochs()));
    }

    Blueprint epochs(Source<Long, ?, ?> epochs) {
        return with(
                new SchedulerSources(
                        sources.requests(),
                        sources.control(),
                        sources.handBacks(),
                        sources.workerEvents(),
                        sources.ends(),
                        epochs));
    }

    private Blueprint with(SchedulerSources other) {
        return new Blueprint(settings, other, sinks, operators, beside);
    }

    Blueprint commands(Sink<CommandMessage> commands) {
        return with(
                new SchedulerSinks(
                        commands,
                        sinks.releases(),
                        sinks.outcomes(),
                        sinks.decisions(),
                        sinks.policies(),
                        sinks.deadLetters()));
    }

    Blueprint releases(Sink<ReleaseMessage> releases) {
        return with(
                new SchedulerSinks(
                        sinks.commands(),
                        releases,
                        sinks.outcomes(),
                        sinks.decisions(),
                        sinks.policies(),
                        sinks.deadLetters()));
    }

    Blueprint outcomes(Sink<EncodedOutcome> outcomes) {
        return with(
                new SchedulerSinks(
                        sinks.commands(),
                        sinks.releases(),
                        outcomes,
                        sinks.decisions(),
                        sinks.policies(),
                        sinks.deadLetters()));
    }

    private Blueprint with(SchedulerSinks other) {
        return new Blueprint(settings, sources, other, operators, beside);
    }

    Blueprint lanes(
            KeyedBroadcastProcessFunction<String, LaneInput, JobNotice, CommandMessage> lanes) {
        return with(
                new SchedulerOperators(
                        operators.policies(),
                        operators.gate(),
                        operators.route(),
                        lanes,
                        operators.settle()));
    }

    Blueprint settle(BroadcastProcessFunction<SettledRequest, Long, EncodedOutcome> settle) {
        return with(
                new SchedulerOperators(
                        operators.policies(),
                        operators.gate(),
                        operators.route(),
                        operators.lanes(),
                        settle));
    }

    private Blueprint with(SchedulerOperators other) {
        return new Blueprint(settings, sources, sinks, other, beside);
    }

    Blueprint beside(Consumer<StreamExecutionEnvironment> another) {
        return new Blueprint(settings, sources, sinks, operators, another);
    }

    /**
     * Puts it together.
     *
     * @param restoreFrom checkpoint or savepoint to begin with; empty for none
     */
    StreamExecutionEnvironment build(String name, String restoreFrom) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.NAME, name);
        configuration.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(5));
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
                Duration.ofMillis(100));
        if (!restoreFrom.isEmpty()) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, restoreFrom);
        }
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        JobEnvironment.configure(env, settings.checkpoints());
        // Flink takes the first checkpoint of an attempt at some time between this pause and the
        // interval, from 2.3 on right after the pause; here only tests take them.
        env.getCheckpointConfig().setMinPauseBetweenCheckpoints(NEVER.toMillis());
        SchedulerTopology.build(env, sources, sinks, operators);
        beside.accept(env);
        return env;
    }
}

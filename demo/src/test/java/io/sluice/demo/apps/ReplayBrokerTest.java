package io.sluice.demo.apps;

import io.sluice.apps.SluiceApps;
import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.replay.ReplayClock;
import io.sluice.apps.replay.ReplayListener;
import io.sluice.apps.replay.ReplayProducer;
import io.sluice.apps.replay.ReplayProgress;
import io.sluice.apps.replay.ReplayResult;
import io.sluice.apps.replay.ReplaySettings;
import io.sluice.apps.replay.Replayer;
import io.sluice.apps.replay.RequestFields;
import io.sluice.apps.replay.RequestIds;
import io.sluice.apps.replay.SendCounts;
import io.sluice.apps.trace.arrival.ArrivalSpec;
import io.sluice.apps.trace.file.TraceOptions;
import io.sluice.apps.trace.shape.Shaping;
import io.sluice.apps.trace.shape.TargetPlan;
import io.sluice.apps.trace.shape.TokenLimit;
import io.sluice.apps.trace.workload.TraceChoice;
import io.sluice.apps.trace.workload.Workload;
import io.sluice.apps.trace.workload.WorkloadSpec;
import io.sluice.demo.apps.Log.Submitted;
import io.sluice.demo.broker.EmbeddedBroker;
import io.sluice.demo.process.Await;
import io.sluice.demo.process.ClassPath;
import io.sluice.demo.process.JavaCommand;
import io.sluice.demo.process.JavaProcess;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Replays to a real broker, and what lies there afterwards. */
class ReplayBrokerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SEED = 7;

    private static EmbeddedBroker broker;
    private static KafkaAccess access;
    private static Log log;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.temporary();
        Topics.create(broker.bootstrapServers(), Topic.REQUESTS, Topic.PAYLOADS, Topic.CONTROL);
        access = KafkaAccess.plain(broker.bootstrapServers(), TopicPrefix.DEFAULT);
        log = new Log(broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        log.close();
        broker.close();
    }

    private static Shaping spedUp(double speedup) {
        return new Shaping(null, TargetPlan.NONE, new TokenLimit.Unlimited(), speedup, SEED);
    }

    private static ReplaySettings named(String runId) {
        return ReplaySettings.of(RequestFields.of(RequestIds.of("test", SEED).withRunId(runId)));
    }

    private static ReplayResult replay(WorkloadSpec spec, String runId) {
        try (Workload workload = Workload.open(spec);
                ReplayProducer producer = ReplayProducer.open(access)) {
            return replayer(producer, runId, ReplayListener.NONE).run(workload.requests());
        }
    }

    private static Replayer replayer(
            ReplayProducer producer, String runId, ReplayListener listener) {
        return new Replayer(producer.producer(), named(runId), ReplayClock.system(), listener);
    }

    private static List<String> ids(String runId, int count) {
        return Stream.iterate(0, i -> i + 1)
                .limit(count)
                .map(i -> runId + ".test." + SEED + "." + i)
                .toList();
    }

    @Test
    void aThousandRequestsArriveCompleteAndInSchedule() throws Exception {
        WorkloadSpec spec = WorkloadSpec.of(new TraceChoice.Synthetic(1000), spedUp(25));

        ReplayResult result = replay(spec, "complete");

        List<Submitted> submitted = log.requests("complete.");
        assertThat(submitted)
                .extracting(each -> each.request().getRequestId())
                .containsExactlyInAnyOrderElementsOf(ids("complete", 1000));
        assertThat(result.counts().requests()).isEqualTo(new SendCounts(1000, 1000, 0));
        assertThat(submitted)
                .extracting(each -> each.request().getCreated())
                .containsExactlyInAnyOrderElementsOf(scheduled(spec, result));
        // Two clocks of one machine: the broker stamps a batch when it takes it.
        double latest = result.acknowledged().orElseThrow().max() + 2;
        assertThat(submitted)
                .allSatisfy(each -> assertThat(millisLate(each)).isBetween(-2.0, latest));
    }

    private static List<Instant> scheduled(WorkloadSpec spec, ReplayResult result) {
        List<Instant> times = new ArrayList<>();
        try (Workload workload = Workload.open(spec)) {
            workload.requests()
                    .forEachRemaining(
                            request ->
                                    times.add(
                                            result.startedAt()
                                                    .plusMillis(
                                                            request.timed().offsetNanos()
                                                                    / 1_000_000)));
        }
        return times;
    }

    private static double millisLate(Submitted each) {
        return Duration.between(each.request().getCreated(), each.at()).toMillis();
    }

    @Test
    void longPromptsLieWhereTheirRequestsSay(@TempDir Path folder) throws Exception {
        List<String> prompts =
                List.of("short", "m".repeat(20_000), "é".repeat(300_000), "l".repeat(3_000_000));
        Path trace = folder.resolve("prompts.jsonl");
        Files.write(
                trace,
                prompts.stream()
                        .map(p -> "{\"instruction\": \"" + p + "\", \"output\": \"fine\"}")
                        .toList());
        WorkloadSpec spec =
                new WorkloadSpec(
                        new TraceChoice.Recorded(trace, TraceOptions.defaults()),
                        new ArrivalSpec.Auto(),
                        OptionalDouble.of(10),
                        spedUp(1));

        ReplayResult result = replay(spec, "prompts");

        assertThat(result.counts().requests()).isEqualTo(new SendCounts(4, 4, 0));
        assertThat(result.counts().prompts()).isEqualTo(new SendCounts(3, 3, 0));
        List<Submitted> submitted = log.requests("prompts.");
        assertThat(submitted).hasSize(4);
        for (Submitted each : submitted) {
            String id = each.request().getRequestId();
            String prompt = prompts.get(Integer.parseInt(id.substring(id.lastIndexOf('.') + 1)));
            byte[] bytes =
                    each.request().getPayloadRef() == null
                            ? each.request().getPayload().array()
                            : log.at(each.request().getPayloadRef());
            assertThat(new String(bytes, StandardCharsets.UTF_8))
                    .isEqualTo("[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]");
            assertThat(each.request().getPayloadRef() == null).isEqualTo(prompt.equals("short"));
        }
    }

    @Test
    void aStoppedReplayAccountsForExactlyWhatLiesInTheTopic() throws Exception {
        WorkloadSpec endless = WorkloadSpec.of(new TraceChoice.Synthetic(1_000_000), spedUp(10));
        AtomicReference<ReplayProgress> seen = new AtomicReference<>();
        ReplayListener listener =
                new ReplayListener() {
                    @Override
                    public void progress(ReplayProgress progress) {
                        seen.set(progress);
                    }
                };
        try (Workload workload = Workload.open(endless);
                ReplayProducer producer = ReplayProducer.open(access)) {
            Replayer replayer = replayer(producer, "stopped", listener);
            CompletableFuture<ReplayResult> run =
                    CompletableFuture.supplyAsync(() -> replayer.run(workload.requests()));
            Await.until(
                    "fifty requests to be sent",
                    PATIENCE,
                    () -> seen.get() != null && seen.get().counts().requests().sent() >= 50);
            replayer.stop();
            ReplayResult result = run.get();

            long sent = result.counts().requests().sent();
            assertThat(result.stopped()).isTrue();
            assertThat(result.counts().requests()).isEqualTo(new SendCounts(sent, sent, 0));
            assertThat(log.requests("stopped."))
                    .extracting(each -> each.request().getRequestId())
                    .containsExactlyInAnyOrderElementsOf(ids("stopped", (int) sent));
        }
    }

    @Test
    void saysHowFarItFellBehindARateThatNobodyKeeps() throws Exception {
        WorkloadSpec spec =
                new WorkloadSpec(
                        new TraceChoice.Synthetic(20_000),
                        new ArrivalSpec.Auto(),
                        OptionalDouble.of(1_000_000),
                        spedUp(1));

        ReplayResult result = replay(spec, "behind");

        assertThat(result.counts().requests()).isEqualTo(new SendCounts(20_000, 20_000, 0));
        assertThat(log.requests("behind.")).hasSize(20_000);
        double elapsed = result.progress().elapsedNanos() / 1e6;
        double due = result.progress().scheduledNanos() / 1e6;
        assertThat(result.progress().lag().orElseThrow().max())
                .isPositive()
                .isLessThanOrEqualTo(elapsed);
        // The last was with the broker when the replay ended, and it was due long before.
        assertThat(result.acknowledged().orElseThrow().max()).isBetween(1.0, elapsed);
        assertThat(elapsed).isGreaterThan(due);
    }

    @Test
    void namesTheTopicThatIsMissingAndWhatToDo() {
        KafkaAccess elsewhere =
                KafkaAccess.plain(broker.bootstrapServers(), new TopicPrefix("elsewhere."));

        assertThatThrownBy(() -> ReplayProducer.open(elsewhere))
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith("topic elsewhere.requests does not exist on")
                .hasMessageContaining("`sluice topics create`");
    }

    @Test
    void namesTheRowsThatItCannotUse(@TempDir Path folder) throws Exception {
        Path trace =
                Files.writeString(
                        folder.resolve("bad.csv"),
                        "arrived_at,num_prefill_tokens,num_decode_tokens\n0,10,5\n0,-1,5\n0,x,5\n0,12,5\n");
        String[] replay = {"replay", "--trace=" + trace, "--speedup=100", "--run-id=counted"};

        Console counted = Console.run(broker.bootstrapServers(), replay);

        assertThat(counted.code()).as("%s", counted.err()).isZero();
        assertThat(counted.out())
                .containsSubsequence(
                        "  rows      4 read, 2 not used: 1 unreadable value, 1 negative length",
                        "            line 3: negative length: prompt tokens -1",
                        "            line 4: unreadable value: prompt tokens 'x' is not a whole number");
        assertThat(log.requests("counted.")).hasSize(2);

        replay[3] = "--run-id=strict";
        Console strict = Console.run(broker.bootstrapServers(), withStrict(replay));

        assertThat(strict.code()).isEqualTo(1);
        assertThat(strict.err())
                .last()
                .asString()
                .startsWith("sluice: trace " + trace)
                .contains("line 3: negative length: prompt tokens -1 (strict: stopped)");
        assertThat(log.requests("strict.")).hasSizeLessThanOrEqualTo(1);
    }

    private static String[] withStrict(String... arguments) {
        return Stream.concat(Stream.of(arguments), Stream.of("--strict")).toArray(String[]::new);
    }

    @Test
    void theCommandReportsAndEndsCleanlyWhenTerminated(@TempDir Path folder) throws Exception {
        Path report = folder.resolve("report.json");
        try (JavaProcess replay =
                start(folder, "--run-id=command", "--limit=1000000", "--report=" + report)) {
            Await.until(
                    "a request of the command",
                    PATIENCE,
                    () -> {
                        replay.requireAlive();
                        return !log.requests("command.").isEmpty();
                    });

            assertThat(replay.terminate(PATIENCE)).isTrue();
        }

        JsonNode values = new ObjectMapper().readTree(report.toFile());
        assertThat(values.at("/stopped").asBoolean()).isTrue();
        assertThat(values.at("/arrivals").asText()).isEqualTo("arrival times as recorded");
        assertThat(values.at("/requests/acknowledged").asInt())
                .isEqualTo(log.requests("command.").size());
        assertThat(Files.readString(folder.resolve("replay.out")))
                .contains("stopped after", "seed 7", "ids command.synthetic.7.*");
    }

    private static JavaProcess start(Path folder, String... options) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "replay",
                                "--synthetic",
                                "--bootstrap-servers=" + broker.bootstrapServers()));
        arguments.addAll(List.of(options));
        return JavaProcess.start(
                new JavaCommand(
                        "replay",
                        ClassPath.current(),
                        List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                        SluiceApps.class.getName(),
                        arguments),
                folder);
    }
}

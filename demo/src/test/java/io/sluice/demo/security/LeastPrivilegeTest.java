package io.sluice.demo.security;

import io.sluice.apps.SluiceApps;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.cli.SimulatedModel;
import io.sluice.apps.page.LivePage;
import io.sluice.apps.page.PageAccess;
import io.sluice.apps.page.PageSettings;
import io.sluice.apps.page.control.ControlRole;
import io.sluice.demo.apps.WorkerProcess;
import io.sluice.demo.cluster.FlinkMiniCluster;
import io.sluice.demo.cluster.MiniClusterSettings;
import io.sluice.demo.process.Await;
import io.sluice.demo.process.AwaitException;
import io.sluice.demo.process.ClassPath;
import io.sluice.demo.process.JavaCommand;
import io.sluice.demo.process.JavaProcess;
import io.sluice.jobs.SchedulerJob;
import io.sluice.jobs.SlaJob;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;
import io.sluice.schemas.avro.InferenceRequest;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiConsumer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every component works with exactly the entries that are told of it, and needs each of them. Not
 * tried is what sends dead letters again.
 */
class LeastPrivilegeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> COMPONENTS =
            List.of(
                    "scheduler-job",
                    "sla-job",
                    "worker",
                    "client",
                    "operator",
                    "page",
                    "page-orders",
                    "alert-receiver",
                    "spans",
                    "explain",
                    "audit",
                    "sla-verify",
                    "topics-create",
                    "topics-check");

    @TempDir static Path folder;
    private static SecureBroker broker;
    private static Login login;
    private static Admin admin;

    private record Said(int code, String out, String err) {}

    @BeforeAll
    static void start() throws Exception {
        Certificates certificates = Certificates.make(folder);
        login = new Login(folder, certificates);
        Map<String, String> users = new HashMap<>();
        COMPONENTS.forEach(user -> users.put(user, user));
        broker =
                SecureBroker.start(
                        folder,
                        certificates,
                        users,
                        Map.of(
                                "authorizer.class.name",
                                RecordingAuthorizer.class.getName(),
                                "super.users",
                                "User:ANONYMOUS"));
        admin = Admin.create(Map.of("bootstrap.servers", broker.plainServers()));
        for (String user : COMPONENTS) {
            allow(user, user);
        }
        allow("page", "page-orders");
    }

    private static void allow(String component, String user) {
        Said said =
                run(
                        "topics",
                        "acls",
                        component,
                        "--principal=User:" + user,
                        "--apply",
                        "--bootstrap-servers=" + broker.plainServers());
        assertThat(said.code()).as(said.err()).isZero();
    }

    @AfterAll
    static void stop() {
        admin.close();
        broker.close();
    }

    @Test
    void everyComponentWorksWithItsEntriesAndNeedsEachOfThem() throws Exception {
        as("topics-create", "topics", "create");
        as("topics-check", "topics", "check");
        try (FlinkMiniCluster flink =
                FlinkMiniCluster.start(new MiniClusterSettings(1, 2, 0, folder))) {
            flink.submit(defined(SlaJob::define, "sla-job"));
            flink.awaitRunning(
                    flink.submit(defined(SchedulerJob::define, "scheduler-job")), PATIENCE);
            try (JavaProcess worker =
                            WorkerProcess.start(
                                    broker.secureServers(),
                                    "gpu",
                                    folder,
                                    config("worker"),
                                    "--batch=1",
                                    "--speedup=10",
                                    "--lease=20s");
                    LivePage page = LivePage.start(access("page"), new PageSettings(0, ""));
                    LivePage orders = LivePage.start(access("page-orders"), takingOrders());
                    JavaProcess alerts =
                            app("alert-receiver", "alerts", "--webhook=http://localhost:1");
                    JavaProcess spans =
                            app(
                                    "spans",
                                    "spans",
                                    "--otlp=http://localhost:1",
                                    "--from-beginning")) {
                traffic();
                awaitAllNeeded("scheduler-job", "sla-job", "worker");
                commands();
                get(page.address() + "/api/requests/r0");
                get(orders.address() + "/api/requests/r0");
                awaitAllNeeded(COMPONENTS.toArray(String[]::new));
            }
        }
        for (String user : COMPONENTS) {
            assertThat(RecordingAuthorizer.refused(user)).as(user).isEmpty();
        }
    }

    /** Something for every topic: runs, an expiry in a lane, an objective that is missed. */
    private static void traffic() throws Exception {
        Path objective = objective();
        as("operator", "control", "objective", "--file=" + objective);
        as("client", "replay", "--synthetic", "--limit=5", "--speedup=100");
        Await.until(
                "the fleet to be known, and to run what it was sent",
                PATIENCE,
                () -> run(with("audit", "audit", "--all-ended")).code() == 0);
        Properties plain = new Properties();
        plain.put("bootstrap.servers", broker.plainServers());
        ByteArraySerializer bytes = new ByteArraySerializer();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(plain, bytes, bytes)) {
            for (Topic topic :
                    List.of(
                            Topic.REQUESTS,
                            Topic.CONTROL,
                            Topic.WORKER_EVENTS,
                            Topic.HANDBACKS,
                            Topic.OUTCOMES)) {
                producer.send(record(topic, new byte[] {1, 2, 3})).get();
            }
            for (int i = 0; i < 5; i++) {
                InferenceRequest request = request("r" + i);
                byte[] value = AvroCodec.of(InferenceRequest.class).encode(request);
                producer.send(record(Topic.REQUESTS, value)).get();
            }
        }
    }

    /** One that every request misses. */
    private static Path objective() throws Exception {
        return Files.writeString(
                folder.resolve("objective.json"),
                "[{\"id\": \"all\", \"indicator\": \"TTFT\", \"threshold_ms\": 1, \"target\": 0.99, \"period\": \"30d\"}]");
    }

    private static ProducerRecord<byte[], byte[]> record(Topic topic, byte[] value) {
        return new ProducerRecord<>(topic.name(TopicPrefix.DEFAULT), value);
    }

    /** Runs for seconds, and waits behind the others for one at most. */
    private static InferenceRequest request(String id) {
        return InferenceRequest.newBuilder()
                .setRequestId(id)
                .setModel(SimulatedModel.NAME)
                .setCreated(Instant.now())
                .setPinnedInstance("gpu")
                .setInputTokens(100)
                .setMaxTokens(1_000)
                .setTtlMs(2_000L)
                .build();
    }

    /** What they find is no matter here: some have nothing to compare, or find fault. */
    private static void commands() throws Exception {
        notRefused("explain", "explain", "r0");
        notRefused("audit", "audit");
        notRefused("sla-verify", "sla", "verify");
        as("page-orders", "control", "drain", "nobody");
    }

    private static void notRefused(String user, String... command) throws Exception {
        Said said = run(with(user, command));
        assertThat(said.err()).as("%s: %s", user, said.out()).doesNotContain("does not allow it");
    }

    private static void awaitAllNeeded(String... users) {
        for (String user : users) {
            try {
                Await.until(
                        user + " to need all of its entries",
                        PATIENCE,
                        () -> superfluous(user).isEmpty());
            } catch (AwaitException exception) {
                throw new AssertionError(
                        "%s did not need %s and was refused %s"
                                .formatted(
                                        user, superfluous(user), RecordingAuthorizer.refused(user)),
                        exception);
            }
        }
    }

    private static Collection<AclBinding> superfluous(String user) {
        Collection<AclBinding> entries = new ArrayList<>(entries(user));
        entries.removeAll(RecordingAuthorizer.needed(user, entries));
        return entries;
    }

    private static Collection<AclBinding> entries(String user) {
        AccessControlEntryFilter whose =
                new AccessControlEntryFilter(
                        "User:" + user, null, AclOperation.ANY, AclPermissionType.ANY);
        try {
            return admin.describeAcls(new AclBindingFilter(ResourcePatternFilter.ANY, whose))
                    .values()
                    .get();
        } catch (Exception exception) {
            throw new IllegalStateException(exception);
        }
    }

    @Test
    void withoutAnyOneEntryACommandSaysWhatItLacks() throws Exception {
        run("topics", "create", "--bootstrap-servers=" + broker.plainServers());
        Map<String, String[]> commands =
                Map.of(
                        "client",
                        new String[] {"replay", "--synthetic", "--limit=1", "--speedup=100"},
                        "operator",
                        new String[] {"control", "cancel", "nothing"},
                        "audit",
                        new String[] {"audit"});
        for (Map.Entry<String, String[]> command : commands.entrySet()) {
            for (AclBinding entry : entries(command.getKey())) {
                admin.deleteAcls(List.of(entry.toFilter())).all().get();
                Await.until(
                        command.getKey() + " to fail without " + entry,
                        PATIENCE,
                        () -> {
                            Said said = run(with(command.getKey(), command.getValue()));
                            return said.code() == 1
                                    && said.err().contains("does not allow it")
                                    && said.err().contains("`sluice topics acls`");
                        });
                admin.createAcls(List.of(entry)).all().get();
            }
        }
    }

    private static StreamExecutionEnvironment defined(
            BiConsumer<StreamExecutionEnvironment, String[]> job, String user) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        String[] arguments = {
            "--sluice.kafka.bootstrap-servers", broker.secureServers(),
            "--sluice.kafka.client-config", login.open(user, user).toString(),
            "--sluice.scheduler.checkpoint-interval", "1 s",
            "--sluice.scheduler.worker-lease", "20 s",
            "--sluice.sla.source-idleness", "3 s",
            "--sluice.sla.objectives", objective().toString(),
            "--sluice.sla.slo-slot", "1 s",
            "--sluice.sla.alert-min-requests", "1"
        };
        job.accept(env, arguments);
        return env;
    }

    private static KafkaAccess access(String user) throws Exception {
        Properties properties = new Properties();
        properties.load(Files.newBufferedReader(login.open(user, user)));
        Map<String, Object> values = new HashMap<>();
        properties.stringPropertyNames().forEach(k -> values.put(k, properties.getProperty(k)));
        return new KafkaAccess(broker.secureServers(), TopicPrefix.DEFAULT, values);
    }

    private static PageSettings takingOrders() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "0123456789abcdef-control");
        ControlRole role = ControlRole.of(token, null, line -> {});
        return new PageSettings(0, PageAccess.LOOPBACK, "", role, false);
    }

    private static JavaProcess app(String user, String... command) throws Exception {
        return JavaProcess.start(
                new JavaCommand(
                        user,
                        ClassPath.current(),
                        List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                        SluiceApps.class.getName(),
                        List.of(with(user, command))),
                folder);
    }

    private static void as(String user, String... command) throws Exception {
        Said said = run(with(user, command));
        assertThat(said.code()).as("%s: %s%s", user, said.out(), said.err()).isZero();
    }

    private static String[] with(String user, String... command) throws Exception {
        List<String> all = new ArrayList<>(List.of(command));
        all.add("--bootstrap-servers=" + broker.secureServers());
        all.add(config(user));
        return all.toArray(String[]::new);
    }

    private static String config(String user) throws Exception {
        return "--client-config=" + login.open(user, user);
    }

    private static Said run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line =
                SluiceApps.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        return new Said(line.execute(arguments), out.toString(), err.toString());
    }

    private static void get(String address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
    }
}

package io.sluice.demo.apps;

import io.sluice.apps.SluiceApps;
import io.sluice.demo.broker.EmbeddedBroker;
import io.sluice.demo.process.Await;
import io.sluice.demo.process.ClassPath;
import io.sluice.demo.process.JavaCommand;
import io.sluice.demo.process.JavaProcess;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.DecisionKind;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code sluice spans} as a process that is killed, between a broker and a receiver of OTLP. */
@Timeout(300)
class SpansCommandTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant START = Instant.now();
    private static final AvroCodec<Decision> DECISIONS = AvroCodec.of(Decision.class);
    private static final AvroCodec<RequestOutcome> OUTCOMES = AvroCodec.of(RequestOutcome.class);

    @TempDir private Path folder;

    /** Takes OTLP over HTTP as the specification has it, unless it is down. */
    private static final class Collector implements AutoCloseable {
        private final List<ResourceSpans> taken = new CopyOnWriteArrayList<>();
        private final List<Integer> turnedAway = new CopyOnWriteArrayList<>();
        private final HttpServer server;
        private volatile boolean down;
        private volatile long rejects;

        Collector() throws Exception {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
            server.createContext(
                    "/v1/traces",
                    exchange -> {
                        ExportTraceServiceRequest request =
                                ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
                        byte[] answer = answer();
                        if (down) {
                            turnedAway.add(request.getResourceSpansCount());
                            exchange.sendResponseHeaders(503, -1);
                        } else {
                            taken.addAll(request.getResourceSpansList());
                            exchange.sendResponseHeaders(
                                    200, answer.length == 0 ? -1 : answer.length);
                            exchange.getResponseBody().write(answer);
                        }
                        exchange.close();
                    });
            server.start();
        }

        private byte[] answer() {
            return ExportTraceServiceResponse.newBuilder()
                    .setPartialSuccess(
                            ExportTracePartialSuccess.newBuilder()
                                    .setRejectedSpans(rejects)
                                    .setErrorMessage(rejects == 0 ? "" : "too old"))
                    .build()
                    .toByteArray();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        List<Span> spans() {
            return taken.stream()
                    .flatMap(resource -> resource.getScopeSpansList().stream())
                    .flatMap(scope -> scope.getSpansList().stream())
                    .toList();
        }

        void awaitRequests(Set<String> ids) {
            Await.until("spans of " + ids, PATIENCE, () -> requests().containsAll(ids));
        }

        Set<String> requests() {
            return spans().stream()
                    .filter(span -> span.getName().equals("inference.request"))
                    .map(span -> span.getAttributes(0).getValue().getStringValue())
                    .collect(Collectors.toSet());
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private static String traceparent(int number, String flags) {
        return "00-%032x-%016x-%s".formatted(number, number, flags);
    }

    private static RequestOutcome outcome(String id, String traceparent) {
        return RequestOutcome.newBuilder()
                .setRequestId(id)
                .setFairnessId("acme")
                .setAttempt(1)
                .setOutcome(Outcome.Completed)
                .setSubmittedAt(START)
                .setSettledAt(START.plusMillis(900))
                .setQueueWaitMs(200L)
                .setTtftMs(300.0)
                .setE2eMs(800.0)
                .setTraceparent(traceparent)
                .build();
    }

    private static Decision routed(String id) {
        return Decision.newBuilder()
                .setKind(DecisionKind.ROUTE)
                .setRequestId(id)
                .setFairnessId("acme")
                .setAttempt(1)
                .setInstanceId("gpu-1")
                .setEpoch(1)
                .setSeq(1)
                .setDecidedAt(START.plusMillis(50))
                .build();
    }

    private static void publish(String servers, SpecificRecord... records) throws Exception {
        Topics.publish(servers, Stream.of(records).map(SpansCommandTest::message).toList());
    }

    private static ProducerRecord<byte[], byte[]> message(SpecificRecord record) {
        return record instanceof Decision decision
                ? Topics.record(
                        Topic.DECISIONS, decision.getRequestId(), DECISIONS.encode(decision))
                : message((RequestOutcome) record);
    }

    private static ProducerRecord<byte[], byte[]> message(RequestOutcome outcome) {
        return Topics.record(Topic.OUTCOMES, outcome.getRequestId(), OUTCOMES.encode(outcome));
    }

    private JavaProcess start(String servers, Collector collector, String... options) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "spans",
                                "--bootstrap-servers=" + servers,
                                "--otlp=" + collector.url(),
                                "--from-beginning"));
        arguments.addAll(List.of(options));
        JavaCommand command =
                new JavaCommand(
                        "spans",
                        ClassPath.current(),
                        List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                        SluiceApps.class.getName(),
                        arguments);
        return JavaProcess.start(command, folder);
    }

    private String printed() throws Exception {
        return Files.readString(folder.resolve("spans.out"));
    }

    @Test
    void everyTracedRequestBecomesSpansThroughOutagesAndKills() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.temporary();
                Collector collector = new Collector()) {
            String servers = broker.bootstrapServers();
            Topics.create(servers, Topic.OUTCOMES, Topic.DECISIONS);
            publish(
                    servers,
                    routed("a"),
                    routed("b"),
                    outcome("a", traceparent(1, "01")),
                    outcome("unsampled", traceparent(2, "00")),
                    outcome("untraced", null),
                    outcome("wrong", "00-zz"));

            try (JavaProcess spans = start(servers, collector)) {
                collector.awaitRequests(Set.of("a"));
                collector.down = true;
                publish(servers, outcome("b", traceparent(3, "01")));
                Await.until(
                        "an attempt that fails", PATIENCE, () -> !collector.turnedAway.isEmpty());
                spans.kill();
            }
            collector.down = false;
            // What was decided of b before the first process began to wait is known to the second.
            try (JavaProcess spans = start(servers, collector)) {
                collector.awaitRequests(Set.of("a", "b"));
                assertThat(spans.terminate(PATIENCE)).isTrue();
                assertThat(spans.exitValue()).isZero();
            }

            assertThat(collector.requests()).containsExactlyInAnyOrder("a", "b");
            for (int number : List.of(1, 3)) {
                assertThat(namesOf(collector, number))
                        .containsExactly(
                                "inference.request",
                                "inference.route",
                                "inference.queue",
                                "inference.prefill",
                                "inference.decode");
            }
            assertThat(collector.taken.get(0).getResource().getAttributes(0).getValue())
                    .matches(name -> name.getStringValue().equals("sluice"));
            assertThat(printed()).contains("1 requests exported");
        }
    }

    /** In the order in which they were sent first; what is sent again has the same id. */
    private static List<String> namesOf(Collector collector, int trace) {
        Map<String, String> names =
                collector.spans().stream()
                        .filter(span -> hex(span).equals("%032x".formatted(trace)))
                        .collect(
                                Collectors.toMap(
                                        span ->
                                                span.getSpanId()
                                                        .toString(StandardCharsets.ISO_8859_1),
                                        Span::getName,
                                        (first, again) -> first,
                                        java.util.LinkedHashMap::new));
        return List.copyOf(names.values());
    }

    private static String hex(Span span) {
        return HexFormat.of().formatHex(span.getTraceId().toByteArray());
    }

    @Test
    void requestsWithoutAContextAreTracesOfTheirOwnAndWhatIsRejectedIsTold() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.temporary();
                Collector collector = new Collector()) {
            String servers = broker.bootstrapServers();
            Topics.create(servers, Topic.OUTCOMES, Topic.DECISIONS);
            publish(servers, outcome("a", null), outcome("b", traceparent(7, "00")));
            collector.rejects = 2;
            try (JavaProcess spans = start(servers, collector, "--all", "--service-name=fleet")) {
                collector.awaitRequests(Set.of("a"));
                Await.until(
                        "the rejection to be told",
                        PATIENCE,
                        () -> printed().contains("took all but 2 spans: too old"));
                assertThat(spans.terminate(PATIENCE)).isTrue();
            }

            assertThat(printed())
                    .contains("1 without a trace context that wants it", "1 refused by the");
            assertThat(collector.requests()).containsExactly("a");
            assertThat(collector.spans()).allMatch(span -> !hex(span).matches("0+7"));
        }
    }
}

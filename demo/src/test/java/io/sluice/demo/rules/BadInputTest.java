package io.sluice.demo.rules;

import io.sluice.demo.topic.Tape;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.ControlType;
import io.sluice.schemas.avro.DeadLetter;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What makes no sense on the live topics costs itself, and nobody else anything. */
@ExtendWith(Stage.Extension.class)
class BadInputTest {

    private static final byte[] NO_RECORD = {1, 2, 3};
    private static final byte @Nullable [] NO_VALUE = null;
    private static final int OVER_THE_INLINE_LIMIT = 9 << 10;

    /** So much that with its origin it is more than a Kafka client writes unless told otherwise. */
    private static final int BARELY_WRITABLE = 1_048_480;

    /** Almost as many as fit into a record, at ten bytes each. */
    private static final List<Long> ABSURD_HASHES = Collections.nCopies(104_000, Long.MIN_VALUE);

    /** A request that can be told by its id, and what becomes of it. */
    private record Readable(InferenceRequest.Builder request, Outcome expected) {}

    @Test
    void whatCannotBeReadIsADeadLetterAndWhatCannotBeHonouredARejection(Stage stage) {
        List<Readable> readable = readable();
        Map<Topic, List<byte[]>> unreadable = unreadable();
        try (Scene scene = new Scene(stage, "bad-input");
                SchedulerRun job =
                        SchedulerRun.start(scene, options(scene), Blueprint.Change.NONE)) {
            ScriptedWorker worker = scene.worker("worker", 0).register();
            scene.submit("first");
            worker.complete(worker.accept("first"));

            unreadable.forEach(
                    (topic, values) -> values.forEach(value -> scene.append(topic, 0, value)));
            scene.append(Topic.CONTROL, 0, ofNobody(ControlType.DRAIN));
            scene.append(Topic.CONTROL, 0, ofNobody(ControlType.UNDRAIN));
            readable.forEach(each -> scene.submit(each.request()));
            scene.submit("last");
            worker.complete(worker.accept("last"));

            assertThat(scene.awaitOutcome(job, "last").getOutcome()).isEqualTo(Outcome.Completed);
            readable.forEach(
                    each -> {
                        String id = each.request().getRequestId();
                        RequestOutcome outcome = scene.awaitOutcome(job, id);
                        assertThat(outcome.getOutcome()).as(id).isEqualTo(each.expected());
                        assertThat(outcome.getMessage()).isNotBlank();
                    });
            assertDeadLetters(scene, unreadable);
            assertThat(scene.account().requests().adds()).isTrue();
            assertThat(scene.epochs()).as("job attempts").hasSize(1);
        }
    }

    private static Map<String, String> options(Scene scene) {
        Map<String, String> options = SchedulerRun.options(scene);
        options.put("sluice.scheduler.no-endpoint-request-ttl", "500 ms");
        return options;
    }

    private static List<Readable> readable() {
        return List.of(
                new Readable(Scene.request("negative").setInputTokens(-1), Outcome.RejectedInvalid),
                new Readable(Scene.request("no-output").setMaxTokens(0), Outcome.RejectedInvalid),
                new Readable(
                        Scene.request("long-ago").setCreated(Instant.EPOCH),
                        Outcome.RejectedInvalid),
                new Readable(
                        Scene.request("far-off").setDeadline(Instant.ofEpochMilli(Long.MAX_VALUE)),
                        Outcome.RejectedInvalid),
                new Readable(Scene.request("no-time").setTtlMs(-5L), Outcome.RejectedInvalid),
                new Readable(
                        Scene.request("too-late").setDeadline(Instant.now().minusSeconds(60)),
                        Outcome.RejectedDeadline),
                new Readable(
                        Scene.request("oversized")
                                .setPayload(ByteBuffer.allocate(OVER_THE_INLINE_LIMIT)),
                        Outcome.RejectedInvalid),
                new Readable(
                        Scene.request("absurd-hashes")
                                .setHashBlockTokens(16)
                                .setHashIds(ABSURD_HASHES),
                        Outcome.RejectedInvalid),
                new Readable(
                        Scene.request("absurd-session").setSessionId("s".repeat(1_000_000)),
                        Outcome.RejectedInvalid),
                new Readable(
                        Scene.request("too-long").setInputTokens(Integer.MAX_VALUE),
                        Outcome.RejectedTooLong),
                new Readable(
                        Scene.request("unknown-model").setModel("nobody's"),
                        Outcome.RejectedNoEndpoints),
                new Readable(
                        Scene.request("unknown-instance").setPinnedInstance("nobody"),
                        Outcome.RejectedNoEndpoints));
    }

    private static Map<Topic, List<byte[]>> unreadable() {
        byte[] sound = encoded(Scene.request("cut short"));
        byte[] cutShort = Arrays.copyOf(sound, sound.length - 5);
        byte[] ofAnotherSchema =
                AvroCodec.of(ControlEvent.class).encode(control(ControlType.DRAIN).build());
        return Map.of(
                Topic.REQUESTS,
                Arrays.asList(
                        NO_RECORD,
                        NO_VALUE,
                        new byte[0],
                        cutShort,
                        ofAnotherSchema,
                        new byte[BARELY_WRITABLE],
                        encoded(Scene.request(" ")),
                        encoded(Scene.request("i".repeat(1_000_000)))),
                Topic.CONTROL,
                Arrays.asList(
                        NO_RECORD,
                        NO_VALUE,
                        sound,
                        AvroCodec.of(ControlEvent.class)
                                .encode(control(ControlType.CANCEL).build())),
                Topic.WORKER_EVENTS,
                Arrays.asList(
                        NO_RECORD,
                        NO_VALUE,
                        sound,
                        event(WorkerEventType.REGISTERED),
                        event(WorkerEventType.COMPLETED),
                        event(WorkerEventType.UNKNOWN)),
                Topic.HANDBACKS,
                Arrays.asList(NO_RECORD, NO_VALUE, sound));
    }

    private static byte[] encoded(InferenceRequest.Builder request) {
        return AvroCodec.of(InferenceRequest.class).encode(request.build());
    }

    /** An order that lacks whom it is about. */
    private static ControlEvent.Builder control(ControlType type) {
        return ControlEvent.newBuilder()
                .setType(type)
                .setFairnessId("default")
                .setIssuedAt(Instant.now());
    }

    /** An order about an instance that nobody has heard of. */
    private static byte[] ofNobody(ControlType type) {
        return AvroCodec.of(ControlEvent.class)
                .encode(control(type).setInstanceId("nobody").build());
    }

    /** An event that lacks everything but its kind. */
    private static byte[] event(WorkerEventType type) {
        return AvroCodec.of(WorkerEvent.class)
                .encode(
                        WorkerEvent.newBuilder()
                                .setType(type)
                                .setInstanceId("worker")
                                .setIncarnation(1)
                                .setSeq(1_000)
                                .setEpoch(0)
                                .setAt(Instant.now())
                                .build());
    }

    private static void assertDeadLetters(Scene scene, Map<Topic, List<byte[]>> unreadable) {
        long expected = unreadable.values().stream().mapToLong(List::size).sum();
        try (Tape<DeadLetter> letters =
                Tape.committed(
                        scene.stage().bootstrapServers(),
                        scene.name(Topic.DEAD_LETTERS),
                        DeadLetter.class)) {
            scene.await("all dead letters", () -> letters.read().size() >= expected);
            assertThat(letters.read()).hasSize((int) expected);
            unreadable.forEach(
                    (topic, values) ->
                            assertThat(letters.all(l -> l.getTopic().equals(scene.name(topic))))
                                    .allSatisfy(l -> assertThat(l.getMessage()).isNotBlank())
                                    .extracting(DeadLetter::getValue)
                                    .containsExactlyElementsOf(
                                            values.stream().map(BadInputTest::kept).toList()));
        }
    }

    private static @Nullable ByteBuffer kept(byte @Nullable [] value) {
        return value == null ? null : ByteBuffer.wrap(value);
    }
}

package io.sluice.demo.rules;

import io.sluice.apps.SluiceApps;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.DeadLetter;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.Outcome;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Dead letters of an earlier version of the job, which could not read them, are sent again to one
 * that can.
 */
@ExtendWith(Stage.Extension.class)
class RedriveTest {

    private static String redrive(Scene scene, String... more) {
        StringWriter out = new StringWriter();
        String[] arguments = {
            "redrive",
            "requests",
            "--bootstrap-servers",
            scene.stage().bootstrapServers(),
            "--topic-prefix",
            scene.prefix().value()
        };
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        int code = SluiceApps.commandLine().setOut(new PrintWriter(out, true)).execute(all);
        assertThat(code).isZero();
        return out.toString();
    }

    private static DeadLetter.Builder letter(Scene scene, long offset, byte @Nullable [] value) {
        return DeadLetter.newBuilder()
                .setTopic(scene.name(Topic.REQUESTS))
                .setPartition(0)
                .setOffset(offset)
                .setTimestamp(Instant.EPOCH)
                .setKey(ByteBuffer.wrap("key".getBytes(StandardCharsets.UTF_8)))
                .setValue(value == null ? null : ByteBuffer.wrap(value))
                .setStage("decode")
                .setErrorClass("DecodeException")
                .setMessage("the schema\nis not known")
                .setAt(Instant.now());
    }

    private static void put(Scene scene, DeadLetter.Builder letter) {
        scene.append(Topic.DEAD_LETTERS, 0, AvroCodec.of(DeadLetter.class).encode(letter.build()));
    }

    @Test
    void whatCanBeReadNowIsSentOnceAndRunsAndTheRestIsCounted(Stage stage) {
        try (Scene scene = new Scene(stage, "redrive");
                SchedulerRun job = SchedulerRun.start(scene, Blueprint.Change.NONE)) {
            ScriptedWorker worker = scene.worker("worker", 0, 1, 1).register();
            byte[] request =
                    AvroCodec.of(InferenceRequest.class)
                            .encode(Scene.request("from-a-newer-client").build());
            put(scene, letter(scene, 1_000, request));
            put(scene, letter(scene, 1_000, request));
            put(scene, letter(scene, 1_001, new byte[] {1, 2, 3}));
            put(scene, letter(scene, 1_002, request).setCut(true));
            put(scene, letter(scene, 1_003, null).setStage("late"));
            put(scene, letter(scene, 1_004, request).setTopic(scene.name(Topic.CONTROL)));

            String origin = scene.name(Topic.REQUESTS);
            assertThat(redrive(scene, "--dry-run"))
                    .contains("can be read now", origin + "-0-1000: the schema?is not known")
                    .contains("still cannot be read", "cut, too large", "was read, not kept")
                    .contains("1 would be sent to " + origin);
            assertThat(redrive(scene, "--at", origin + "-0-1001")).contains("0 sent to");
            assertThat(redrive(scene, "--stage", "late")).contains("0 sent to");

            assertThat(redrive(scene)).contains("1 sent to " + origin);
            worker.complete(worker.accept("from-a-newer-client"));
            assertThat(scene.awaitOutcome(job, "from-a-newer-client").getOutcome())
                    .isEqualTo(Outcome.Completed);

            assertThat(redrive(scene)).contains("sent again before", "0 sent to " + origin);
        }
    }
}

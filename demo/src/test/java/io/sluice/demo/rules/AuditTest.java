package io.sluice.demo.rules;

import io.sluice.apps.SluiceApps;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.assertj.core.api.Assertions.assertThat;

/** The audit of a real job that is killed, and of topics that somebody has tampered with. */
@ExtendWith(Stage.Extension.class)
class AuditTest {

    private static final JsonMapper JSON = new JsonMapper();

    /** What the command prints, and by its exit code whether it is content. */
    private record Said(int code, JsonNode report) {}

    private static Said audit(Scene scene) throws Exception {
        StringWriter out = new StringWriter();
        int code =
                SluiceApps.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .execute(
                                "audit",
                                "--all-ended",
                                "--json",
                                "--lease",
                                "1h",
                                "--bootstrap-servers",
                                scene.stage().bootstrapServers(),
                                "--topic-prefix",
                                scene.prefix().value());
        return new Said(code, JSON.readTree(out.toString()));
    }

    @Test
    void aCrashBreaksNothingAndASecondOutcomeIsFound(Stage stage) throws Exception {
        try (Scene scene = new Scene(stage, "audit");
                SchedulerRun job = SchedulerRun.start(scene, Blueprint.Change.NONE)) {
            ScriptedWorker worker = scene.worker("worker", 0, 1, 1).register();
            scene.submit("before");
            worker.complete(worker.accept("before"));
            RequestOutcome before = scene.awaitOutcome(job, "before");
            scene.submit("through");
            scene.submit("through");
            scene.append(Topic.REQUESTS, 0, new byte[] {1, 2, 3});
            var through = worker.accept("through");
            job.kill();
            worker.complete(through);
            scene.submit("after");
            worker.complete(worker.accept("after"));
            scene.awaitOutcome(job, "after");
            scene.awaitOutcome(job, "through");

            Said clean = audit(scene);
            assertThat(clean.report().path("findings")).isEmpty();
            assertThat(clean.code()).isZero();
            assertThat(clean.report().path("submitted").asInt()).isEqualTo(3);
            assertThat(clean.report().path("repeated_submissions").asInt()).isEqualTo(1);
            assertThat(clean.report().at("/outcomes/Completed").asInt()).isEqualTo(3);
            assertThat(clean.report().path("dead_letters").asInt()).isEqualTo(1);
            assertThat(clean.report().path("completed").asInt()).isEqualTo(3);

            job.close();
            RequestOutcome other =
                    RequestOutcome.newBuilder(before).setOutcome(Outcome.Failed).build();
            scene.append(Topic.OUTCOMES, 0, AvroCodec.of(RequestOutcome.class).encode(other));
            scene.append(Topic.WORKER_EVENTS, 0, new byte[] {4});
            scene.submit("never-run");
            Said tampered = audit(scene);
            assertThat(tampered.code()).isEqualTo(1);
            assertThat(tampered.report().at("/broken/ONE_OUTCOME").asInt()).isEqualTo(1);
            assertThat(tampered.report().at("/broken/NOTHING_LOST").asInt()).isEqualTo(1);
            assertThat(tampered.report().at("/broken/NOTHING_DROPPED").asInt()).isEqualTo(1);
        }
    }
}

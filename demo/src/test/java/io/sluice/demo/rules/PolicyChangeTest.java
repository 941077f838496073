package io.sluice.demo.rules;

import io.sluice.apps.SluiceApps;
import io.sluice.core.policy.PolicyChoice;
import io.sluice.demo.topic.Tape;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.ConfigEvent;
import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.ControlType;
import io.sluice.schemas.avro.DeadLetter;
import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.DecisionKind;
import io.sluice.schemas.avro.DispatchCommand;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/** Other policies in a running job: in force from a place in the control topic on, and for good. */
@ExtendWith(Stage.Extension.class)
class PolicyChangeTest {

    /**
     * Requests wait in the order of their submission. Then the shortest shall go first; the job is
     * killed, and the shortest still goes first.
     */
    @Test
    void aChangeTakesEffectWithoutARestartAndOutlivesOne(Stage stage) {
        try (Scene scene = new Scene(stage, "policy-change");
                SchedulerRun job = SchedulerRun.start(scene, Blueprint.Change.NONE);
                Tape<Decision> decisions = decisions(scene);
                Tape<ConfigEvent> config = config(scene)) {
            ScriptedWorker worker = scene.worker("worker", 0, 1, 1).register();
            awaitInForce(scene, config, "ordering", "fcfs", null);
            awaitInForce(scene, config, "fairness", PolicyChoice.DEFAULT.fairness(), null);
            scene.submit("running");
            scene.submit("ahead");
            DispatchCommand running = worker.accept("running");
            DispatchCommand ahead = worker.accept("ahead");
            assertThat(running.getPolicy()).isEqualTo("fcfs");
            assertThat(running.getPolicyVersion()).isZero();
            assertThat(
                            await(scene, decisions, DecisionKind.DISPATCH, "running")
                                    .getConfigPosition())
                    .as("nothing has been changed yet")
                    .isNull();
            submit(scene, "longest", 900);
            submit(scene, "long", 500);
            submit(scene, "short", 10);

            String place = change(scene, "--policy", "sjf");
            awaitInForce(scene, config, "ordering", "sjf", place);
            awaitInForce(scene, config, "fairness", PolicyChoice.DEFAULT.fairness(), place);
            awaitDecidedBy(scene, decisions, place);
            worker.complete(running);
            DispatchCommand next = worker.accept("short");
            Decision decision = await(scene, decisions, DecisionKind.DISPATCH, "short");
            assertThat(decision.getPolicy()).isEqualTo("sjf");
            assertThat(decision.getPolicyVersion()).isEqualTo(1);
            assertThat(decision.getConfigPosition()).isEqualTo(place);
            assertThat(decision.getReason()).contains("ms of service");

            job.checkpoint();
            job.kill();
            worker.complete(ahead);
            worker.complete(next);
            worker.complete(worker.accept("long"));
            worker.complete(worker.accept("longest"));
            scene.awaitOutcome(job, "longest");

            scene.await(
                    "the next attempt to say that it goes by the change",
                    () -> epochs(config, place) == 2);
            assertThat(await(scene, decisions, DecisionKind.DISPATCH, "long").getConfigPosition())
                    .isEqualTo(place);
            assertThat(scene.account().requests().missing()).isZero();
        }
    }

    @Test
    void aChangeThatMakesNoSenseIsADeadLetterAndChangesNothing(Stage stage) {
        try (Scene scene = new Scene(stage, "policy-refused");
                SchedulerRun job = SchedulerRun.start(scene, Blueprint.Change.NONE);
                Tape<Decision> decisions = decisions(scene);
                Tape<DeadLetter> letters =
                        Tape.committed(
                                stage.bootstrapServers(),
                                scene.name(Topic.DEAD_LETTERS),
                                DeadLetter.class)) {
            ScriptedWorker worker = scene.worker("worker", 0, 1, 1).register();
            change(scene, "--policy", "mlfq");
            scene.append(Topic.CONTROL, 0, AvroCodec.of(ControlEvent.class).encode(lifo()));

            scene.await("both to be dead letters", () -> letters.read().size() == 2);
            assertThat(letters.read())
                    .extracting(DeadLetter::getMessage)
                    .anyMatch(why -> why.contains("choose preemption always or total-wait"))
                    .anyMatch(why -> why.contains("unknown ordering policy 'lifo'; choose one of"));
            scene.submit("after");
            DispatchCommand after = worker.accept("after");
            worker.complete(after);
            scene.awaitOutcome(job, "after");
            assertThat(after.getPolicy()).isEqualTo("fcfs");
            assertThat(await(scene, decisions, DecisionKind.DISPATCH, "after").getPolicyVersion())
                    .isZero();
        }
    }

    private static void awaitInForce(
            Scene scene,
            Tape<ConfigEvent> config,
            String decides,
            String policy,
            @Nullable String place) {
        scene.await(
                "the job to say that it goes by " + policy,
                () ->
                        config.has(
                                said ->
                                        said.getId().equals(decides)
                                                && policy.equals(said.getName())
                                                && Objects.equals(place, said.getPosition())));
    }

    /** Job attempts that have said that they go by a change. */
    private static long epochs(Tape<ConfigEvent> config, String place) {
        return config.read().stream()
                .filter(said -> place.equals(said.getPosition()))
                .map(ConfigEvent::getEpoch)
                .distinct()
                .count();
    }

    private static Tape<ConfigEvent> config(Scene scene) {
        return Tape.committed(
                scene.stage().bootstrapServers(), scene.name(Topic.CONFIG), ConfigEvent.class);
    }

    private static ControlEvent lifo() {
        return ControlEvent.newBuilder()
                .setType(ControlType.POLICY)
                .setFairnessId("")
                .setOrderingPolicy("lifo")
                .setIssuedAt(Instant.EPOCH)
                .build();
    }

    private static void submit(Scene scene, String id, int tokens) {
        scene.submit(Scene.request(id).setMinTokens(tokens).setMaxTokens(tokens));
        scene.awaitAssigned(id);
    }

    /** Orders other policies as an operator does; returns the place of the order. */
    private static String change(Scene scene, String option, String policy) {
        StringWriter out = new StringWriter();
        int code =
                SluiceApps.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .execute(
                                "control",
                                "policy",
                                option,
                                policy,
                                "--reason",
                                "a test",
                                "--bootstrap-servers",
                                scene.stage().bootstrapServers(),
                                "--topic-prefix",
                                scene.prefix().value());
        assertThat(code).isZero();
        assertThat(out.toString()).startsWith("written to " + scene.name(Topic.CONTROL));
        return out.toString().strip().substring("written to ".length());
    }

    /** Has the lane let go of requests until it does so under the change. */
    private static void awaitDecidedBy(Scene scene, Tape<Decision> decisions, String place) {
        Decision released;
        do {
            String victim = "victim-" + decisions.read().size();
            submit(scene, victim, 10);
            cancel(scene, victim);
            released = await(scene, decisions, DecisionKind.RELEASE, victim);
        } while (!place.equals(released.getConfigPosition()));
    }

    private static void cancel(Scene scene, String id) {
        ControlEvent cancel =
                ControlEvent.newBuilder()
                        .setType(ControlType.CANCEL)
                        .setFairnessId(Scene.request(id).build().getFairnessId())
                        .setRequestId(id)
                        .setIssuedAt(Instant.EPOCH)
                        .build();
        scene.append(Topic.CONTROL, 0, AvroCodec.of(ControlEvent.class).encode(cancel));
    }

    private static Decision await(
            Scene scene, Tape<Decision> decisions, DecisionKind kind, String request) {
        Predicate<Decision> which =
                decision -> decision.getKind() == kind && decision.getRequestId().equals(request);
        scene.await(kind + " of " + request, () -> decisions.has(which));
        return decisions.all(which).get(0);
    }

    private static Tape<Decision> decisions(Scene scene) {
        return Tape.committed(
                scene.stage().bootstrapServers(), scene.name(Topic.DECISIONS), Decision.class);
    }
}

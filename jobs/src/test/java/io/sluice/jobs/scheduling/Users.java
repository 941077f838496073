package io.sluice.jobs.scheduling;

import io.sluice.core.model.BlockHashes;
import io.sluice.core.model.Dependency;
import io.sluice.core.model.OnFailure;
import io.sluice.core.model.Passengers;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.SloTarget;
import io.sluice.jobs.flow.ControlMessage;
import io.sluice.jobs.flow.Submission;
import io.sluice.jobs.testing.MemoryTopic;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Users of a job, and one operator who cannot make up his mind about an instance. */
final class Users {

    private final MemoryTopic<Submission> requests = new MemoryTopic<>("requests");
    private final MemoryTopic<ControlMessage> control = new MemoryTopic<>("control");
    private final Set<RequestKey> submitted = new HashSet<>();
    private final Set<RequestKey> cancelled = new HashSet<>();
    private final Map<RequestKey, List<RequestKey>> edges = new HashMap<>();
    private boolean draining;

    MemoryTopic<Submission> requests() {
        return requests;
    }

    MemoryTopic<ControlMessage> control() {
        return control;
    }

    /** Requests submitted so far. */
    Set<RequestKey> submitted() {
        return submitted;
    }

    /** Those that were cancelled. */
    Set<RequestKey> cancelled() {
        return cancelled;
    }

    /** Requests of all kinds, of which some are not wanted any more or wanted sooner. */
    void submitAndDisturb(int count) {
        int first = submitted.size();
        for (int i = first; i < first + count; i++) {
            PendingRequest request = request(i);
            submitted.add(request.key());
            Submission submission = new Submission(request, null, waitFor(i));
            requests.append(submission);
            if (i % 9 == 4) {
                requests.append(submission);
            }
            if (i % 7 == 3) {
                cancelled.add(request.key());
                control.append(
                        new ControlMessage(
                                ControlMessage.Kind.CANCEL, request.key(), null, 0, "bored"));
            } else if (i % 7 == 5) {
                control.append(
                        new ControlMessage(
                                ControlMessage.Kind.REPRIORITISE, request.key(), null, 9, "now"));
            }
        }
        drainOrNot("gpu-1");
    }

    /** Of ten requests the last four are a diamond: one, two that wait for it, and their join. */
    private List<Dependency> waitFor(int number) {
        List<Integer> predecessors =
                switch (number % 10) {
                    case 7 -> List.of(number - 1);
                    case 8 -> List.of(number - 2);
                    case 9 -> List.of(number - 2, number - 1);
                    default -> List.of();
                };
        if (!predecessors.isEmpty()) {
            edges.put(key(number), predecessors.stream().map(Users::key).toList());
        }
        return predecessors.stream()
                .map(it -> Dependency.on(key(it).requestId(), OnFailure.FAIL))
                .toList();
    }

    /** The requests that wait, with those that they wait for. */
    Map<RequestKey, List<RequestKey>> edges() {
        return edges;
    }

    /** The workflow of a request, or null. */
    static @Nullable String workflowOf(RequestKey key) {
        int number = Integer.parseInt(key.requestId().substring(1));
        return number % 10 < 6 ? null : "diamond-" + number / 10;
    }

    private static RequestKey key(int number) {
        return new RequestKey("acme", "r" + number);
    }

    private void drainOrNot(String instanceId) {
        draining = !draining;
        ControlMessage.Kind kind =
                draining ? ControlMessage.Kind.DRAIN : ControlMessage.Kind.UNDRAIN;
        control.append(new ControlMessage(kind, null, instanceId, 0, "maintenance"));
    }

    private static PendingRequest request(int number) {
        long now = Clock.systemUTC().millis();
        long expiresAt = number % 5 == 2 ? now + 50 + 40L * number : PendingRequest.NEVER;
        return new PendingRequest(
                key(number),
                "m",
                number % 4,
                now,
                expiresAt,
                PendingRequest.NEVER,
                100,
                number % 30 == 29 ? 100_000 : 50,
                0,
                SloTarget.NONE,
                null,
                null,
                new Passengers(
                        now,
                        0,
                        workflowOf(key(number)),
                        null,
                        null,
                        false,
                        null,
                        null,
                        BlockHashes.NONE));
    }
}

package io.sluice.jobs.scheduling;

import io.sluice.core.model.Passengers;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.SloTarget;
import io.sluice.jobs.flow.ControlMessage;
import io.sluice.jobs.flow.Submission;
import io.sluice.jobs.testing.MemoryTopic;

import java.time.Clock;
import java.util.HashSet;
import java.util.Set;

/** Users of a job, and one operator who cannot make up his mind about an instance. */
final class Users {

    private final MemoryTopic<Submission> requests = new MemoryTopic<>("requests");
    private final MemoryTopic<ControlMessage> control = new MemoryTopic<>("control");
    private final Set<RequestKey> submitted = new HashSet<>();
    private final Set<RequestKey> cancelled = new HashSet<>();
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
            requests.append(new Submission(request, null));
            if (i % 9 == 4) {
                requests.append(new Submission(request, null));
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
                new RequestKey("acme", "r" + number),
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
                Passengers.createdAt(now));
    }
}

package io.sluice.apps.worker;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.kernel.LaneSettings;
import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.Passengers;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestFacts;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RequestTags;
import io.sluice.core.model.RunId;
import io.sluice.core.model.RunMeasures;
import io.sluice.core.model.SloTarget;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.model.WorkerReport.ReportOrigin;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.admission.FitsInstance;
import io.sluice.sim.driver.LaneDriver;
import io.sluice.sim.driver.LaneEvent;
import io.sluice.sim.engine.ContinuousBatchingEngine;
import io.sluice.sim.engine.EngineEvent;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.EngineProfiles;
import io.sluice.sim.engine.EngineRequest;
import io.sluice.sim.engine.Submission;
import io.sluice.sim.protocol.Agenda;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A lane full of requests keeps its GPU busy over a road that takes time: without the look-ahead it
 * would idle for 2 to 5 % of its time. On a virtual clock, so that what is measured is the
 * look-ahead and not the machine that runs the test.
 */
class SaturationTest {

    private static final String INSTANCE = "gpu-1";
    private static final long EPOCH = 5;
    private static final long START = 1_000;
    private static final int REQUESTS = 1_000;
    private static final double MOST_IDLE = 0.01;

    private final Agenda agenda = new Agenda(START);
    private final LaneDriver lanes =
            new LaneDriver(
                    LaneSettings.of(PolicyCatalog.ordering("fcfs"), new FitsInstance()),
                    this::decided);
    private final Map<String, PendingRequest> accepted = new HashMap<>();
    private final Random random = new Random(4711);

    private ContinuousBatchingEngine engine;
    private InstanceCapacity capacity;
    private Occupancy occupancy;
    private long oneWayMillis;
    private long seq;
    private long stepAt;
    private int completed;

    @ParameterizedTest
    @CsvSource({"A100_7B, 20", "A100_4B, 10", "A5000_4B, 30"})
    void theGpuIsHardlyEverIdleWhileRequestsWait(String profile, long roundTripMillis) {
        begin(EngineProfiles.named(profile), roundTripMillis / 2);
        for (int i = 0; i < REQUESTS; i++) {
            take(new LaneEvent.Assign(INSTANCE, request(i), 1));
        }
        for (int second = 1; completed < REQUESTS; second++) {
            assertThat(second)
                    .as("seconds until all is done; done are " + completed)
                    .isLessThan(100_000);
            agenda.runUntil(START + second * 1_000L);
        }

        double busy = occupancy.busyNanos();
        assertThat(busy).isPositive();
        assertThat(occupancy.idleWhileQueuedNanos() / busy).isLessThan(MOST_IDLE);
    }

    private void begin(EngineProfile profile, long oneWay) {
        engine = new ContinuousBatchingEngine(profile);
        capacity = EngineSpec.of(profile).capacity(new Partitions(0, 0));
        occupancy = new Occupancy(capacity, nanos());
        oneWayMillis = oneWay;
        take(new LaneEvent.EpochStarted(EPOCH));
        report(origin -> new WorkerReport.Registered(origin, capacity));
        agenda.after(1_000, this::beat);
    }

    /** Chat: prompts of some hundred tokens, answers of about as many, some much longer. */
    private PendingRequest request(int number) {
        int prompt = length(300);
        int output = length(150);
        return new PendingRequest(
                new RequestKey("t", "r" + number),
                EngineSpec.of(engine.profile()).model(),
                0,
                START,
                PendingRequest.NEVER,
                PendingRequest.NEVER,
                prompt,
                output,
                output,
                SloTarget.NONE,
                null,
                null,
                Passengers.createdAt(START));
    }

    private int length(int median) {
        return 1 + (int) Math.min(700, median * Math.exp(random.nextGaussian()));
    }

    private long nanos() {
        return TimeUnit.MILLISECONDS.toNanos(agenda.now());
    }

    private void take(LaneEvent event) {
        lanes.advanceTo(agenda.now());
        lanes.take(event);
        long wakeup = lanes.nextWakeupMillis();
        if (wakeup != PendingRequest.NEVER) {
            agenda.at(wakeup, () -> lanes.advanceTo(agenda.now()));
        }
    }

    /** What the lane wants reaches the worker after a while. */
    private void decided(long now, String instance, LaneEffect effect) {
        if (effect instanceof LaneEffect.Dispatch dispatch) {
            agenda.after(oneWayMillis, () -> arrives(dispatch));
        } else if (effect instanceof LaneEffect.Sync sync) {
            agenda.after(oneWayMillis, () -> heartbeat(sync.address().seq()));
        }
    }

    private void beat() {
        heartbeat(0);
        agenda.after(1_000, this::beat);
    }

    private void heartbeat(long syncSeq) {
        List<AcceptedRun> held =
                accepted.values().stream()
                        .map(r -> new AcceptedRun(run(r), r.reservedTokens(), r.priority()))
                        .toList();
        report(origin -> new WorkerReport.Heartbeat(origin, capacity, held, syncSeq, false));
    }

    private void arrives(LaneEffect.Dispatch dispatch) {
        PendingRequest request = dispatch.request();
        step();
        occupancy.dispatched(dispatch.behind());
        accepted.put(request.key().requestId(), request);
        assertThat(
                        engine.submit(
                                EngineRequest.of(
                                        request.key().requestId(),
                                        request.inputTokens(),
                                        request.maxTokens()),
                                nanos()))
                .isNotInstanceOf(Submission.Refused.class);
        report(origin -> new WorkerReport.Accepted(origin, run(request)));
        step();
    }

    /** Lets the engine come to the present, and comes back when it has something to do. */
    private void step() {
        engine.advanceTo(nanos(), this::happened);
        long reserved = accepted.values().stream().mapToLong(PendingRequest::reservedTokens).sum();
        occupancy.observe(nanos(), engine.snapshot(), reserved, false);
        long next = engine.nextEventAt();
        if (next != ContinuousBatchingEngine.NEVER) {
            long millis = Math.max(agenda.now() + 1, Math.floorDiv(next + 999_999, 1_000_000));
            stepAt = stepAt <= agenda.now() ? millis : Math.min(stepAt, millis);
            if (stepAt == millis) {
                agenda.at(millis, this::step);
            }
        }
    }

    private void happened(EngineEvent event) {
        if (event instanceof EngineEvent.Finished finished) {
            PendingRequest request = accepted.remove(finished.id());
            completed++;
            report(
                    origin ->
                            new WorkerReport.Completed(
                                    origin, run(request), facts(), measures(request)));
        }
    }

    private void report(Function<ReportOrigin, WorkerReport> report) {
        ReportOrigin origin = new ReportOrigin(INSTANCE, 1, ++seq, EPOCH, agenda.now());
        agenda.after(oneWayMillis, () -> take(new LaneEvent.Reported(report.apply(origin))));
    }

    private static RunId run(PendingRequest request) {
        return new RunId(request.key(), 1, EPOCH);
    }

    private static RequestFacts facts() {
        return new RequestFacts(
                "m", 0, RequestTags.NONE, 0, 0, PendingRequest.NEVER, SloTarget.NONE, 0, 0, null);
    }

    private static RunMeasures measures(PendingRequest request) {
        return new RunMeasures(0, 0, 0, 0, request.inputTokens(), request.maxTokens(), 0, "length");
    }
}

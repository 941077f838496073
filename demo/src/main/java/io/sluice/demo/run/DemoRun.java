package io.sluice.demo.run;

import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.replay.ReplayResult;
import io.sluice.apps.trace.shape.ShapedRequest;
import io.sluice.apps.trace.workload.Workload;
import io.sluice.demo.report.RunDescription;
import io.sluice.demo.report.RunReport;
import io.sluice.demo.report.RunReporter;
import io.sluice.demo.report.TopicScan;
import io.sluice.demo.view.LiveFeed;
import io.sluice.demo.view.LiveSnapshot;
import io.sluice.demo.view.LiveState;
import io.sluice.demo.view.LiveView;
import io.sluice.sim.engine.EngineProfile;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One run from start to report: broker, jobs, workers, replay; then it waits until the topics hold
 * an outcome of every request, and reads the report from them.
 */
final class DemoRun {

    private static final long POLL_MILLIS = 100;

    private final DemoSettings settings;
    private final Console console;
    private volatile boolean stopRequested;
    private volatile @Nullable Thread runner;

    DemoRun(DemoSettings settings, Console console) {
        this.settings = settings;
        this.console = console;
    }

    /**
     * Runs it. What was started is stopped again when this returns or throws.
     *
     * @param whenDone gets the report while everything still runs
     * @return whether it came to its end; false if it was stopped
     */
    boolean run(Consumer<RunReport> whenDone) {
        runner = Thread.currentThread();
        try (CloseStack open = new CloseStack()) {
            Workload workload = open.push(Workload.open(settings.workload()));
            Iterator<ShapedRequest> requests = workload.requests();
            // A trace that cannot be used is found out before anything is started.
            requests.hasNext();
            DemoPipeline pipeline = open.push(DemoPipeline.start(settings, console));
            replay(open, requests, pipeline);
            console.print(TraceWords.rejected(workload));
            whenDone.accept(report(workload, pipeline));
            return !stopRequested;
        } catch (RuntimeException exception) {
            if (stopRequested) {
                // Whatever was under way was cut off on purpose.
                return false;
            }
            throw exception;
        }
    }

    /** Ends the run early. From any thread. */
    void stop() {
        stopRequested = true;
        Thread running = runner;
        if (running != null) {
            running.interrupt();
        }
    }

    /** Waits until the run is stopped. */
    void awaitStop() {
        while (!stopRequested) {
            pause();
        }
    }

    /** Returns when every request has its outcome. */
    private void replay(CloseStack open, Iterator<ShapedRequest> requests, DemoPipeline pipeline) {
        KafkaAccess kafka = pipeline.kafka();
        LiveState state = new LiveState(settings.speedup());
        open.push(LiveFeed.start(kafka.bootstrapServers(), kafka.prefix(), state));
        open.push(DemoPage.start(settings, pipeline, console));
        DemoFleet fleet =
                open.push(DemoFleet.start(settings, kafka, pipeline.folder(), console::say));
        console.say(
                "%d simulated workers, replaying %s"
                        .formatted(
                                settings.instances().size(), settings.workload().trace().name()));
        DemoReplay replay = open.push(DemoReplay.start(requests, settings, kafka));
        watch(state, replay);
        // Their last heartbeats tell how busy they were.
        fleet.close();
    }

    private RunReport report(Workload workload, DemoPipeline pipeline) {
        KafkaAccess kafka = pipeline.kafka();
        return RunReporter.report(
                new TopicScan(kafka.bootstrapServers(), kafka.prefix()), described(workload));
    }

    private void watch(LiveState state, DemoReplay replay) {
        LiveView view = console.view();
        StallWatch stall = new StallWatch(state.snapshot(), System.nanoTime());
        LiveSnapshot now = state.snapshot();
        while (!isOver(now, replay)) {
            view.show(now, System.nanoTime(), expected(replay));
            if (stall.stalled(now, System.nanoTime())) {
                console.say("nothing happens any more; see sluice.log in the run folder");
                break;
            }
            pause();
            now = state.snapshot();
        }
        view.finish(now, System.nanoTime(), expected(replay));
    }

    private boolean isOver(LiveSnapshot now, DemoReplay replay) {
        Optional<ReplayResult> sent = replay.result();
        return sent.isPresent()
                && now.submitted() >= requests(sent.get())
                && now.settled() == now.submitted();
    }

    /** What the trace holds is known when it has been read; until then what was asked for. */
    private long expected(DemoReplay replay) {
        return replay.result().map(sent -> requests(sent)).orElse(settings.requests());
    }

    private static long requests(ReplayResult sent) {
        return sent.counts().requests().acknowledged();
    }

    private void pause() {
        if (stopRequested) {
            throw new DemoException("stopped");
        }
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DemoException("stopped", interrupted);
        }
    }

    private RunDescription described(Workload workload) {
        return new RunDescription(
                settings.policies(),
                TraceWords.of(workload),
                settings.seed(),
                settings.speedup(),
                settings.instances().stream().map(EngineProfile::name).toList());
    }
}

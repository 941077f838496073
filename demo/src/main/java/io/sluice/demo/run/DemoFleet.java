package io.sluice.demo.run;

import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.cli.SimulatedModel;
import io.sluice.apps.worker.EngineSpec;
import io.sluice.apps.worker.SimulatedWorker;
import io.sluice.apps.worker.WorkerSpec;
import io.sluice.sim.worker.WorkerSettings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The simulated workers of a run: the very class that {@code sluice worker} runs. */
final class DemoFleet implements AutoCloseable {

    private static final double NO_FAILURES = 0;
    private static final WorkerSettings WORKER =
            new WorkerSettings(
                    WorkerSettings.DEFAULTS.heartbeatMillis(),
                    DemoJobs.LEASE.toMillis(),
                    WorkerSettings.DEFAULTS.ledgerMillis());

    private final CloseStack workers = new CloseStack();

    private DemoFleet() {}

    /**
     * Starts a worker for each instance. Their registrations are on their way when this returns.
     *
     * @param ledgers folder for what the workers must remember
     * @param notices receives lines for people, from any thread
     */
    static DemoFleet start(
            DemoSettings settings, KafkaAccess kafka, Path ledgers, Consumer<String> notices) {
        DemoFleet fleet = new DemoFleet();
        try {
            List<SimulatedWorker> prepared = new ArrayList<>();
            for (int i = 0; i < settings.instances().size(); i++) {
                SimulatedWorker worker =
                        SimulatedWorker.prepare(spec(settings, i, ledgers), kafka, notices);
                prepared.add(worker);
            }
            for (SimulatedWorker worker : prepared) {
                worker.start();
                fleet.workers.push(worker);
            }
            return fleet;
        } catch (RuntimeException exception) {
            throw fleet.workers.closeAfter(exception);
        }
    }

    /** All serve the model that all requests ask for, whatever they simulate. */
    private static WorkerSpec spec(DemoSettings settings, int index, Path ledgers) {
        return new WorkerSpec(
                settings.instanceId(index),
                new EngineSpec(
                        settings.instances().get(index),
                        SimulatedModel.NAME,
                        settings.speedup(),
                        NO_FAILURES,
                        settings.seed(),
                        EngineSpec.PROGRESS_EVERY_TOKENS),
                WORKER,
                ledgers,
                OptionalInt.empty());
    }

    /** Ends all of them; what they still ran is given back. */
    @Override
    public void close() {
        workers.close();
    }
}

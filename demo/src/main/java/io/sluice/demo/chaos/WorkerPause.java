package io.sluice.demo.chaos;

import io.sluice.demo.process.Signals;

/** A worker stands still for longer than its lease, and then goes on as if nothing had been. */
record WorkerPause(ChaosWorker worker) implements Fault {

    @Override
    public String target() {
        return worker.instance();
    }

    @Override
    public void inject() {
        Signals.pause(worker.process().pid());
    }

    @Override
    public void heal() {
        Signals.resume(worker.process().pid());
    }
}

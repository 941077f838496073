package io.sluice.demo.chaos;

/** {@code kill -9} of a worker, which is started again with its ledger. */
record WorkerKill(ChaosWorker worker) implements Fault {

    @Override
    public String target() {
        return worker.instance();
    }

    @Override
    public void inject() {
        worker.process().kill();
    }

    @Override
    public void heal() {
        worker.start();
    }
}

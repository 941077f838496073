package io.sluice.demo.chaos;

/** A worker is cut off from the brokers for longer than its lease. */
record WorkerCut(ChaosWorker worker, CutLine line) implements Fault {

    @Override
    public String target() {
        return worker.instance();
    }

    @Override
    public void inject() {
        line.cut();
    }

    @Override
    public void heal() {
        line.mend();
    }
}

package io.sluice.demo.chaos;

/** {@code kill -9} of the replayer, which then sends all of its round once more. */
record ReplayerKill(Load load) implements Fault {

    @Override
    public String target() {
        return "replay";
    }

    @Override
    public void inject() {
        load.process().kill();
    }

    @Override
    public void heal() {
        load.launch();
    }
}

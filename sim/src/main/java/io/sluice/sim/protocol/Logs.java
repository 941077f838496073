package io.sluice.sim.protocol;

/** The topics of a run. */
enum Logs {
    REQUESTS(2),
    CONTROL(1),
    HANDBACKS(2),
    DISPATCH(2),
    WORKER_EVENTS(2),
    OUTCOMES(1);

    private final int partitions;

    Logs(int partitions) {
        this.partitions = partitions;
    }

    /** Its name, for people. */
    String words() {
        return ScenarioLine.written(this);
    }

    int partitions() {
        return partitions;
    }
}

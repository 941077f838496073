package io.sluice.demo.chaos;

/**
 * The wall clock of a worker jumps, and back.
 *
 * @param seconds how far; negative for back
 */
record ClockStep(ChaosWorker worker, OwnClock clock, int seconds) implements Fault {

    private static final int LEAST_SECONDS = 10;
    private static final int SPREAD_SECONDS = 300;

    /** Ahead or back, from seconds to minutes. */
    static ClockStep of(ChaosWorker worker, OwnClock clock, int draw) {
        int size = LEAST_SECONDS + draw % SPREAD_SECONDS;
        return new ClockStep(worker, clock, draw % 2 == 0 ? size : -size);
    }

    @Override
    public String target() {
        return "%s (%+d s)".formatted(worker.instance(), seconds);
    }

    @Override
    public void inject() {
        clock.step(seconds);
    }

    @Override
    public void heal() {
        clock.step(0);
    }
}

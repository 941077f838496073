package io.sluice.sim.calibration;

/**
 * A number of a measured run and what the model makes of it.
 *
 * @param name what it is, such as {@code ttft_p99}
 * @param unit of both, such as {@code s}
 * @param measured what was measured
 * @param predicted what was predicted
 */
public record ComparedValue(String name, String unit, double measured, double predicted) {

    /** How far the prediction is off, in per cent of what was measured. */
    public double errorPercent() {
        return (predicted / measured - 1) * 100;
    }
}

package io.sluice.core.slo;

import io.sluice.core.latency.LatencyMeasure;

import java.util.Optional;

/** The promise of an objective. */
public enum Indicator {
    /** Time to first token within the threshold. */
    TTFT(LatencyMeasure.TTFT),
    /** Time per output token after the first within the threshold. */
    TPOT(LatencyMeasure.TPOT),
    /** Time to the last token within the threshold. */
    E2E(LatencyMeasure.E2E),
    /** Wait in the queue within the threshold. */
    QUEUE_WAIT(LatencyMeasure.QUEUE_WAIT),
    /** Completed by its deadline. */
    DEADLINE,
    /** Completed. */
    SUCCESS,
    /** Completed within every target that the request carries. */
    JOINT;

    private final Optional<LatencyMeasure> measure;

    Indicator() {
        measure = Optional.empty();
    }

    Indicator(LatencyMeasure measure) {
        this.measure = Optional.of(measure);
    }

    /** The latency that is compared with a threshold; empty if there is nothing to compare. */
    public Optional<LatencyMeasure> measure() {
        return measure;
    }
}

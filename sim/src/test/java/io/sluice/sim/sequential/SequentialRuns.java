package io.sluice.sim.sequential;

import io.sluice.sim.engine.StudyCoefficients;
import io.sluice.sim.workload.SemanticSettings;
import io.sluice.sim.workload.SemanticWorkload;
import io.sluice.sim.workload.SimulatedRequest;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Runs for tests, and their results as the study prints them. */
final class SequentialRuns {

    static final SequentialCost A5000_4B = SequentialCost.of(StudyCoefficients.A5000_4B);

    /** A prompt of 1,000 tokens takes a second, and so does a token. */
    static final SequentialCost ONE_SECOND =
            new SequentialCost(new StudyCoefficients(1e-18, 1, 1e-18, 1e-3, 0.5), 0.5, 0.5);

    private SequentialRuns() {}

    static List<SimulatedRequest> requests(SemanticSettings settings, long seed) {
        return new SemanticWorkload(settings).list(seed);
    }

    /** A request under {@link #ONE_SECOND}: a second of prompt, the rest of answer. */
    static SimulatedRequest lasting(int seconds, int rank, int index, int arrivalSeconds) {
        return SimulatedRequest.of(index, arrivalSeconds * 1_000_000_000L, 1_000, seconds - 1)
                .withRank(rank, rank);
    }

    static String total(SequentialResult result, int decimals) {
        return printed(result.totalWaitingSeconds(), decimals);
    }

    static String means(SequentialResult result, int decimals) {
        return result.meanWaitingSecondsByRank().values().stream()
                .map(mean -> printed(mean, decimals))
                .collect(Collectors.joining(" "));
    }

    static String printed(double seconds, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", seconds);
    }
}

package io.sluice.sim.calibration;

import io.sluice.sim.calibration.ReplayedRequest.Moment;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a replay is from what was measured, one number for each thing that the log knows: the
 * time to the first token of each request, and the time from there to its last. In units of what
 * may be expected of a good model, so that a residual of one is small and a hundred are alike.
 *
 * <p>One request in the wrong step must not outweigh the rest: the loss grows with the square of a
 * residual up to {@link #OUTLIER} and linearly beyond (Huber).
 */
final class EventResiduals {
    private static final double OUTLIER = 3;
    private static final double FIRST_TOKEN_SHARE = 0.02;
    private static final double FIRST_TOKEN_STEPS = 0.5;
    private static final double OUTPUT_SHARE = 0.01;
    private static final double OUTPUT_STEPS = 0.2;
    private static final double SECONDS = 1e-9;

    private final List<MeasuredRequest> requests;
    private final double stepSeconds;
    private final int[] owners;

    /** The residuals that a log allows; what it does not know is left out. */
    EventResiduals(MeasuredLog log) {
        this.requests = log.requests();
        this.stepSeconds = log.medianTpotSeconds().orElse(0.01);
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            MeasuredRequest request = requests.get(i);
            if (request.firstTokenNanos().isPresent()) {
                found.add(i);
            }
            if (request.hasTpot()) {
                found.add(i);
            }
        }
        owners = found.stream().mapToInt(Integer::intValue).toArray();
    }

    /** How many there are. */
    int count() {
        return owners.length;
    }

    /** The place in the log of the request that a residual is of. */
    int owner(int residual) {
        return owners[residual];
    }

    /** The residuals of a replay, positive where it is late. */
    double[] of(List<ReplayedRequest> replay) {
        double[] residuals = new double[owners.length];
        int next = 0;
        for (int i = 0; i < requests.size(); i++) {
            MeasuredRequest measured = requests.get(i);
            ReplayedRequest replayed = replay.get(i);
            if (measured.firstTokenNanos().isPresent()) {
                residuals[next++] = firstToken(measured, replayed.firstToken);
            }
            if (measured.hasTpot()) {
                residuals[next++] = output(measured, replayed);
            }
        }
        return residuals;
    }

    private double firstToken(MeasuredRequest measured, @Nullable Moment first) {
        double ttft = measured.ttftSeconds();
        double unit = FIRST_TOKEN_SHARE * ttft + FIRST_TOKEN_STEPS * stepSeconds;
        double replayed = first == null ? 0 : (first.nanos() - measured.arrivalNanos()) * SECONDS;
        return (replayed - ttft) / unit;
    }

    private double output(MeasuredRequest measured, ReplayedRequest replayed) {
        double seconds = measured.outputSeconds();
        double unit = OUTPUT_SHARE * seconds + OUTPUT_STEPS * stepSeconds;
        Moment first = replayed.firstToken;
        Moment last = replayed.lastToken;
        double predicted =
                first == null || last == null ? 0 : (last.nanos() - first.nanos()) * SECONDS;
        return (predicted - seconds) / unit;
    }

    /** The root of the mean squared error of end-to-end times, as a part of their mean. */
    double rootMeanSquareShare(List<ReplayedRequest> replay) {
        double squares = 0;
        double total = 0;
        int count = 0;
        for (int i = 0; i < requests.size(); i++) {
            Moment last = replay.get(i).lastToken;
            if (requests.get(i).complete() && last != null) {
                double measured = requests.get(i).endToEndSeconds();
                double error = (last.nanos() - requests.get(i).arrivalNanos()) * SECONDS - measured;
                squares += error * error;
                total += measured;
                count++;
            }
        }
        return count == 0 ? 0 : Math.sqrt(squares / count) / (total / count);
    }

    /** The mean loss of residuals. */
    static double loss(double[] residuals) {
        double sum = 0;
        for (double residual : residuals) {
            double size = Math.abs(residual);
            sum += size <= OUTLIER ? size * size : OUTLIER * (2 * size - OUTLIER);
        }
        return residuals.length == 0 ? 0 : sum / residuals.length;
    }

    /** The weight that makes a square of the loss of one residual. */
    static double weight(double residual) {
        double size = Math.abs(residual);
        return size <= OUTLIER ? 1 : OUTLIER / size;
    }
}

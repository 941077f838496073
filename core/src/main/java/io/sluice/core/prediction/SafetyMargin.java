package io.sluice.core.prediction;

/**
 * How much longer than predicted something may take. True service times are taken to be log-normal
 * around the predicted ones, each off independently of the others, so that the errors of many even
 * out; their sum is taken to be log-normal with the mean and the variance that it has (Fenton,
 * 1960).
 *
 * @param quantile how likely it should be to take no longer, above 0 and below 1
 * @param sigma standard deviation of the logarithm of true by predicted service time; 0 if
 *     predictions are right
 */
public record SafetyMargin(double quantile, double sigma) {

    /** Rejects what is no probability, and no deviation. */
    public SafetyMargin {
        if (!(quantile > 0 && quantile < 1)) {
            throw new IllegalArgumentException(
                    "quantile must be above 0 and below 1, got %s".formatted(quantile));
        }
        if (!(sigma >= 0 && sigma <= 5)) {
            throw new IllegalArgumentException(
                    "sigma must be between 0 and 5, got %s".formatted(sigma));
        }
    }

    /**
     * Milliseconds that a sum of service times does not exceed with that probability.
     *
     * @param sumMillis predicted service times, summed
     * @param sumOfSquares the sum of their squares
     */
    public double longest(double sumMillis, double sumOfSquares) {
        if (sumMillis <= 0) {
            return 0;
        }
        double square = sigma * sigma;
        double mean = sumMillis * Math.exp(square / 2);
        double variance = sumOfSquares * Math.expm1(square) * Math.exp(square);
        double sumSquare = Math.log1p(variance / (mean * mean));
        return mean * Math.exp(standard(quantile) * Math.sqrt(sumSquare) - sumSquare / 2);
    }

    /**
     * Quantile of the standard normal distribution, off by less than 0.00045: formula 26.2.23 of
     * Abramowitz and Stegun, Handbook of Mathematical Functions, 1964.
     */
    private static double standard(double probability) {
        double tail = Math.min(probability, 1 - probability);
        double t = Math.sqrt(-2 * Math.log(tail));
        double above = 2.515517 + t * (0.802853 + t * 0.010328);
        double below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
        double distance = tail == 0.5 ? 0 : t - above / below;
        return probability < 0.5 ? -distance : distance;
    }
}

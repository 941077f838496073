package io.sluice.sim.workload;

import java.util.List;

/**
 * What {@link SyntheticWorkload} composes.
 *
 * @param requests how many
 * @param arrivals how they are spread over time
 * @param lengths of prompts and answers, and how well answers are predicted
 * @param callers who asks, and how urgent it is
 * @param deadlines when requests must be finished
 */
public record SyntheticSettings(
        int requests,
        ArrivalShape arrivals,
        Lengths lengths,
        Callers callers,
        DeadlineRule deadlines) {

    /** Rejects a negative number of requests. */
    public SyntheticSettings {
        Settings.requireBetween("requests", requests, 0, Integer.MAX_VALUE);
    }

    /** Requests of one class and tenant, lengths known, without deadlines. */
    public static SyntheticSettings of(
            int requests, ArrivalShape arrivals, LengthSource prompts, LengthSource outputs) {
        return new SyntheticSettings(
                requests,
                arrivals,
                new Lengths(prompts, outputs, 0),
                Callers.ONE,
                new DeadlineRule.None());
    }

    /** The same from other callers. */
    public SyntheticSettings withCallers(Callers newCallers) {
        return new SyntheticSettings(requests, arrivals, lengths, newCallers, deadlines);
    }

    /** The same with other deadlines. */
    public SyntheticSettings withDeadlines(DeadlineRule newDeadlines) {
        return new SyntheticSettings(requests, arrivals, lengths, callers, newDeadlines);
    }

    /** The same with answers predicted less well; see {@link Lengths#predictionSigma}. */
    public SyntheticSettings withPredictionSigma(double sigma) {
        return new SyntheticSettings(
                requests,
                arrivals,
                new Lengths(lengths.prompts(), lengths.outputs(), sigma),
                callers,
                deadlines);
    }

    /**
     * Lengths in tokens.
     *
     * @param prompts of prompts
     * @param outputs of answers
     * @param predictionSigma standard deviation of the logarithm of predicted by true length; 0 is
     *     a prediction that is always right
     */
    public record Lengths(LengthSource prompts, LengthSource outputs, double predictionSigma) {

        /** Rejects a deviation that is not one. */
        public Lengths {
            if (!(predictionSigma >= 0 && predictionSigma < 10)) {
                throw Settings.wrong("predictionSigma", predictionSigma, "0 or more, and below 10");
            }
        }
    }

    /**
     * Who asks; class and tenant are drawn apart.
     *
     * @param rankWeights shares of the classes from the most urgent on, any positive scale
     * @param tenants shares of the tenants
     */
    public record Callers(List<Double> rankWeights, List<TenantShare> tenants) {

        /** One tenant and one class. */
        public static final Callers ONE =
                new Callers(
                        List.of(1.0), List.of(new TenantShare(SimulatedRequest.ONLY_TENANT, 1.0)));

        /** Rejects shares below 0, and shares of which none is above. */
        public Callers {
            rankWeights = List.copyOf(rankWeights);
            tenants = List.copyOf(tenants);
            requireWeights("class weights", rankWeights);
            requireWeights("tenant weights", tenants.stream().map(TenantShare::weight).toList());
        }

        private static void requireWeights(String field, List<Double> weights) {
            boolean none = weights.stream().noneMatch(weight -> weight > 0);
            boolean negative =
                    weights.stream()
                            .anyMatch(
                                    weight -> !(weight >= 0 && weight < Double.POSITIVE_INFINITY));
            if (none || negative) {
                throw Settings.wrong(
                        field, weights, "finite numbers, none below 0 and one above 0");
            }
        }
    }

    /**
     * A tenant's part of the requests.
     *
     * @param tenant its name
     * @param weight its share, on the scale of the others'
     */
    public record TenantShare(String tenant, double weight) {}
}

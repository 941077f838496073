package io.sluice.sim.calibration;

import io.sluice.sim.engine.StepLoad;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Step times from the times of a model's operators: matrix products and the like by tokens of the
 * step, attention by what it has to look at, head and sampler by requests. Between the measured
 * points everything is linear. What an engine does between its operators is in none of them.
 *
 * <p>All prompt tokens of a step count as one piece of one prompt, with nothing before it.
 */
public final class OperatorTables implements StepTable {
    private static final Set<String> ONCE = Set.of("embedding", "final_layernorm");
    private static final String NORM = "layernorm";
    private static final double MICROS = 1e-6;

    private final int layers;
    private final Map<String, Axis<Double>> dense = new HashMap<>();
    private final Map<String, Axis<Double>> perSequence = new HashMap<>();
    // By prompt tokens, decodes, context of each.
    private final Axis<Axis<Axis<Double>>> attention = new Axis<>();

    /**
     * Empty tables.
     *
     * @param layers how often the model repeats what is measured per layer
     */
    public OperatorTables(int layers) {
        if (layers < 1) {
            throw new IllegalArgumentException(
                    "operator tables: layers must be at least 1, is " + layers);
        }
        this.layers = layers;
    }

    /** Adds a time of an operator whose work depends on the tokens of the step. */
    public void addDense(String operator, int tokens, double micros) {
        dense.computeIfAbsent(operator, name -> new Axis<>()).put(tokens, micros);
    }

    /** Adds a time of an operator that works once for each request. */
    public void addPerSequence(String operator, int sequences, double micros) {
        perSequence.computeIfAbsent(operator, name -> new Axis<>()).put(sequences, micros);
    }

    /**
     * Adds a time of attention, for a prompt with nothing before it.
     *
     * @param prefillTokens prompt tokens, or 0
     * @param decodes decoding requests, or 0
     * @param contextTokens context of each of them
     */
    public void addAttention(int prefillTokens, int decodes, int contextTokens, double micros) {
        attention.at(prefillTokens, Axis::new).at(decodes, Axis::new).put(contextTokens, micros);
    }

    /** Refuses tables in which a whole kind is missing, naming it. */
    public void requireComplete() {
        if (dense.isEmpty() || perSequence.isEmpty() || !attention.has(0)) {
            throw new IllegalArgumentException(
                    "operator tables: %d operators by tokens, %d by sequences, attention of decodes %s; all are needed"
                            .formatted(
                                    dense.size(),
                                    perSequence.size(),
                                    attention.has(0) ? "there" : "missing"));
        }
    }

    @Override
    public double seconds(StepLoad load) {
        double micros = layers * attentionMicros(load);
        int tokens = load.prefillTokens() + load.decodes();
        for (Map.Entry<String, Axis<Double>> operator : dense.entrySet()) {
            micros +=
                    repetitions(operator.getKey())
                            * operator.getValue().interpolate(tokens, 0, Double::doubleValue);
        }
        int sequences = Math.max(1, load.decodes());
        for (Axis<Double> operator : perSequence.values()) {
            micros += operator.interpolate(sequences, 0, Double::doubleValue);
        }
        return micros * MICROS;
    }

    /** Each layer normalises twice. */
    private int repetitions(String operator) {
        if (ONCE.contains(operator)) {
            return 1;
        }
        return operator.equals(NORM) ? 2 * layers : layers;
    }

    private double attentionMicros(StepLoad load) {
        if (!load.mixed()) {
            return byDecodes(attention.get(0), load);
        }
        return attention.interpolate(load.prefillTokens(), 1, table -> byDecodes(table, load));
    }

    private static double byDecodes(Axis<Axis<Double>> table, StepLoad load) {
        if (load.decodes() == 0) {
            // Where prompts alone were not measured, beside one short decode they were.
            int decodes = table.has(0) ? 0 : 1;
            return table.get(decodes).interpolate(0, 0, Double::doubleValue);
        }
        double context = (double) load.contextTokens() / load.decodes();
        return table.interpolate(
                load.decodes(), 1, axis -> axis.interpolate(context, 0, Double::doubleValue));
    }
}

package io.sluice.sim.calibration;

import io.sluice.sim.engine.EngineRequest;
import io.sluice.sim.engine.LinearStepCost;
import io.sluice.sim.engine.StepLoad;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

class TableFitTest {
    private static final double[] TRUTH = {11e-3, 36e-6, 16e-6, 92e-9, 64e-9};
    private static final LinearStepCost COST = StepCostForm.FIVE_TERMS.cost(TRUTH);

    private static final Gpu GPU =
            new Gpu(
                    "small",
                    Gpu.limits(32, 2_048, 100_000),
                    Gpu.dense(TRUTH),
                    new Gpu.Load(150, 10, 700, 150));

    @Test
    void exactStepsGiveTheirCoefficients() {
        List<StepSample> samples = new ArrayList<>();
        for (int decodes = 1; decodes <= 128; decodes *= 2) {
            for (int context : new int[] {100, 1_000, 4_000}) {
                for (int prompt : new int[] {0, 300, 1_900}) {
                    StepLoad load =
                            new StepLoad(
                                    prompt, prompt, decodes, (long) decodes * context, context);
                    samples.add(new StepSample(load, COST.stepPicos(load) * 1e-12, 1));
                }
            }
        }

        FittedCost fit = new TableFit(StepCostForm.FIVE_TERMS, Map.of()).fit(samples);

        for (int i = 0; i < TRUTH.length; i++) {
            assertThat(fit.seconds()[i]).isCloseTo(TRUTH[i], withinPercentage(0.01));
        }
        assertThat(fit.quality().rootMeanSquare()).isLessThan(1e-6);
    }

    @Test
    void aTermThatNoStepHasIsLeftOut() {
        FittedCost fit =
                new TableFit(StepCostForm.FIVE_TERMS, Map.of())
                        .fit(
                                List.of(
                                        StepSample.prefill(100, 0.014),
                                        StepSample.prefill(1_000, 0.046),
                                        StepSample.decodes(1, 500, 0.0112),
                                        StepSample.decodes(64, 500, 0.015),
                                        StepSample.decodes(64, 2_000, 0.024)));

        assertThat(fit.form()).isEqualTo(StepCostForm.FOUR_TERMS);
        assertThat(fit.quality().conditionNumber()).isFinite();
    }

    /**
     * A table that bends far outside of what the engine does, as attention does over long contexts:
     * where it works it is a line, and that line is found.
     */
    @Test
    void aTableIsFittedWhereTheEngineWorks() {
        StepTable bent =
                load -> {
                    double seconds = COST.stepPicos(load) * 1e-12;
                    return load.longestContextTokens() > 4_500 ? 3 * seconds : seconds;
                };

        FittedCost fit =
                new TableFit(StepCostForm.FIVE_TERMS, Map.of())
                        .fit(bent, GPU.engine(), GPU.measure(5));

        assertThat(fit.seconds()[0]).isCloseTo(TRUTH[0], withinPercentage(1));
        assertThat(fit.seconds()[1]).isCloseTo(TRUTH[1], withinPercentage(1));
        assertThat(fit.quality().rootMeanSquare()).isLessThan(0.01);
    }

    @Test
    void operatorsAddUpByLayer() {
        OperatorTables tables = new OperatorTables(10);
        tables.addDense("qkv_proj", 1, 10);
        tables.addDense("qkv_proj", 101, 30);
        tables.addDense("layernorm", 1, 1);
        tables.addDense("embedding", 1, 7);
        tables.addPerSequence("lm_head", 1, 100);
        tables.addPerSequence("lm_head", 3, 140);
        tables.addAttention(0, 1, 0, 5);
        tables.addAttention(0, 1, 100, 15);
        tables.addAttention(0, 3, 0, 9);
        tables.addAttention(0, 3, 100, 39);
        tables.addAttention(50, 1, 100, 60);
        tables.addAttention(150, 1, 100, 100);
        tables.requireComplete();

        // Two requests of 50 tokens: half-way in everything. 10 x (10.2 + 2 x 1 + 17) + 7 + 120.
        StepLoad decodes = new StepLoad(0, 0, 2, 100, 50);
        assertThat(tables.seconds(decodes)).isCloseTo(419e-6, within(1e-12));
        // A prompt of 100 beside one: never between no prompt and a short one. 10 x (30 + 2 + 80) +
        // 107.
        StepLoad mixed = new StepLoad(100, 100, 1, 100, 100);
        assertThat(tables.seconds(mixed)).isCloseTo(1_227e-6, within(1e-12));
    }

    @Test
    void tablesThatLackAKindAreRefused() {
        OperatorTables tables = new OperatorTables(2);
        tables.addDense("qkv_proj", 1, 10);

        assertThatThrownBy(tables::requireComplete)
                .hasMessageContaining("1 operators by tokens, 0 by sequences")
                .hasMessageContaining("missing");
        assertThatThrownBy(() -> new OperatorTables(0)).hasMessageContaining("layers");
    }

    @Test
    void aRequestWithoutMeasuredTimesIsStillALoad() {
        MeasuredRequest request =
                new MeasuredRequest(
                        EngineRequest.of("a", 10, 5),
                        0,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty());

        FittedCost fit =
                new TableFit(StepCostForm.THREE_TERMS, Map.of())
                        .fit(load -> 0.01, GPU.engine(), new MeasuredLog(List.of(request)));

        assertThat(fit.seconds()[0]).isCloseTo(0.01, withinPercentage(1));
    }
}

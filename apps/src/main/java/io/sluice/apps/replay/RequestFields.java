package io.sluice.apps.replay;

import io.sluice.apps.cli.SimulatedModel;
import io.sluice.apps.trace.workload.Prediction;

/**
 * What a replay writes into requests beyond what their trace and shape say.
 *
 * @param ids their ids
 * @param model the model they ask for
 * @param prediction what they say of the answer's length
 * @param waitsForOthers whether a request that continues others waits for them; its conversation is
 *     then its workflow
 */
public record RequestFields(
        RequestIds ids, ModelChoice model, Prediction prediction, boolean waitsForOthers) {

    /** The model of simulated workers, and predictions where the trace has them. */
    public static RequestFields of(RequestIds ids) {
        return new RequestFields(
                ids, ModelChoice.all(SimulatedModel.NAME), Prediction.RECORDED, false);
    }
}

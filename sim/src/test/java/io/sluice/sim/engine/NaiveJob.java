package io.sluice.sim.engine;

import java.util.ArrayList;
import java.util.List;

/** A request inside {@link NaiveEngine}. */
final class NaiveJob {
    final EngineRequest request;
    final long[] keys;
    final List<NaiveMemory.Block> blocks = new ArrayList<>();
    int target;
    int published;
    int computed;
    int planned;
    int emitted;
    boolean started;
    boolean cancelled;
    boolean kept;

    NaiveJob(EngineRequest request, int blockTokens) {
        this.request = request;
        this.keys = request.promptBlocks().keys(blockTokens, request.promptTokens());
        this.target = request.promptTokens();
    }

    int output() {
        return request.producedTokens();
    }
}

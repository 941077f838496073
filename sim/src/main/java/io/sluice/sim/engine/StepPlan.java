package io.sluice.sim.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * One composed batch.
 *
 * @param emitters requests that get an output token when the step ends
 * @param load what it computes
 * @param decodeVersion the {@link BatchState#version} if the step is one decode of every running
 *     request, else {@link #OTHER}
 * @param transferPicos time that it waits for keys and values to be copied
 */
record StepPlan(List<Sequence> emitters, StepLoad load, int decodeVersion, long transferPicos) {
    static final int OTHER = -1;

    boolean isEmpty() {
        return load.isEmpty();
    }

    /** The same decodes, {@code steps} steps later. */
    StepPlan after(int steps) {
        return new StepPlan(emitters, load.after(steps), decodeVersion, 0);
    }

    /** How long it lasts. */
    long picos(StepCost cost) {
        return cost.stepPicos(load) + transferPicos;
    }

    /** Collects a batch while it is composed. */
    static final class Builder {
        private final List<Sequence> emitters;
        private int prefillTokens;
        private int longestPrefill;
        private int decodes;
        private long contextTokens;
        private int longestContext;
        private boolean promptsEnd;

        Builder(int expected) {
            emitters = new ArrayList<>(expected);
        }

        /** Whether prompts are part of the batch. */
        boolean hasPrompts() {
            return prefillTokens > 0;
        }

        /** Adds part or all of a prompt. */
        void prefill(Sequence sequence, int tokens, boolean emits) {
            prefillTokens += tokens;
            longestPrefill = Math.max(longestPrefill, tokens);
            if (emits) {
                emitters.add(sequence);
            }
        }

        /**
         * Adds the last token of a prompt, computed by itself: a decode in all but what it means to
         * its request.
         */
        void promptTail(Sequence sequence, int context) {
            promptsEnd = true;
            decode(sequence, context);
        }

        /** Adds one token after a context, whose length includes it. */
        void decode(Sequence sequence, int context) {
            decodes++;
            contextTokens += context;
            longestContext = Math.max(longestContext, context);
            emitters.add(sequence);
        }

        StepPlan build(BatchState state) {
            StepLoad load =
                    new StepLoad(
                            prefillTokens, longestPrefill, decodes, contextTokens, longestContext);
            // Copies under way hold up the next step that computes anything.
            long transferPicos = load.isEmpty() ? 0 : state.transferPicos;
            state.transferPicos -= transferPicos;
            boolean allDecode =
                    prefillTokens == 0
                            && !promptsEnd
                            && decodes == state.running.size()
                            && transferPicos == 0;
            return new StepPlan(emitters, load, allDecode ? state.version : OTHER, transferPicos);
        }
    }
}

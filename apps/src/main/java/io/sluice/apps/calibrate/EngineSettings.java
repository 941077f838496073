package io.sluice.apps.calibrate;

import io.sluice.sim.calibration.BudgetSearch;
import io.sluice.sim.calibration.KvSearch;
import io.sluice.sim.calibration.LogEvidence;
import io.sluice.sim.calibration.MeasuredEngine;
import io.sluice.sim.calibration.MeasuredLog;
import io.sluice.sim.calibration.StepTerm;
import io.sluice.sim.engine.BatchingRules;
import io.sluice.sim.engine.EngineLimits;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.LinearStepCost;
import io.sluice.sim.engine.PrefillMode;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The engine of a measured run: by what the user says, else by {@code meta.json}, else by what the
 * log shows, else by vLLM's defaults. What had to be guessed is a warning.
 */
final class EngineSettings {
    private static final int DEFAULT_SEQUENCES = 256;
    private static final int DEFAULT_BATCHED_TOKENS = 2_048;
    private static final int DEFAULT_BLOCK_TOKENS = 16;
    private static final int DEFAULT_CONTEXT_TOKENS = 131_072;

    private static final String NO_MODEL = "unnamed model";
    private static final int TABLE_SEQUENCES = 128;
    private static final int TABLE_CONTEXT_TOKENS = 2_048;

    private final EngineOptions options;
    private final RunMeta meta;
    private final MeasuredLog known;
    private final Warnings warnings;

    /**
     * What to call it all.
     *
     * @param profile the profile
     * @param model the model, or null for what the files say
     * @param hardware the GPU
     */
    record Names(String profile, @Nullable String model, String hardware) {}

    /**
     * Settings of a run.
     *
     * @param known what of the run may be looked at
     */
    EngineSettings(EngineOptions options, MeasuredRun run, MeasuredLog known) {
        this.options = options;
        this.meta = run.meta();
        this.known = known;
        this.warnings = run.warnings();
    }

    /**
     * The engine, with no step cost of its own yet.
     *
     * @param names what to call it all
     * @param floors lower bounds of coefficients in seconds
     */
    MeasuredEngine engine(Names names, Map<StepTerm, Double> floors) {
        int replicas = orElse(options.replicas, meta.number("data_parallel_size"), 1);
        int block = orElse(options.blockSize, meta.number("block_size"), DEFAULT_BLOCK_TOKENS);
        int sequences = sequences(replicas);
        int budget = Math.max(sequences, statedBudget().orElse(DEFAULT_BATCHED_TOKENS));
        OptionalLong kvTokens = statedKvTokens(block);
        int context =
                (int)
                        Math.max(
                                longest(),
                                orElse(
                                        options.maxModelLen,
                                        meta.number("max_model_len"),
                                        DEFAULT_CONTEXT_TOKENS));
        EngineLimits limits =
                new EngineLimits(
                        sequences,
                        budget,
                        block,
                        blocks(kvTokens.orElse(sequences * longest()), block),
                        context);
        if (meta.flag("enable_chunked_prefill").filter(on -> !on).isPresent()) {
            warnings.add(
                    "meta.json says enable_chunked_prefill: false; prompts are cut all the same");
        }
        MeasuredEngine engine =
                new MeasuredEngine(
                        new EngineProfile(
                                names.profile(),
                                names.model() == null
                                        ? meta.text("model").orElse(NO_MODEL)
                                        : names.model(),
                                names.hardware(),
                                LinearStepCost.ofStep(0.01),
                                limits,
                                rules()),
                        replicas);
        engine = statedBudget().isPresent() ? engine : withLikelyBudget(engine, floors);
        return kvTokens.isPresent() ? engine : withShownMemory(engine, floors);
    }

    /** An engine that nobody measured: what the user says, and the defaults. */
    static MeasuredEngine unmeasured(EngineOptions options, Names names, Warnings warnings) {
        int sequences = stated(options.maxNumSeqs, OptionalInt.empty()).orElse(TABLE_SEQUENCES);
        int budget =
                stated(options.maxNumBatchedTokens, OptionalInt.empty())
                        .orElse(DEFAULT_BATCHED_TOKENS);
        int block = stated(options.blockSize, OptionalInt.empty()).orElse(DEFAULT_BLOCK_TOKENS);
        if (options.kvTokens == null) {
            warnings.add(
                    "a table does not say how much KV memory there is: %,d tokens for each of %,d requests are taken (--kv-tokens)"
                            .formatted(TABLE_CONTEXT_TOKENS, sequences));
        }
        long kvTokens =
                options.kvTokens == null
                        ? (long) TABLE_CONTEXT_TOKENS * sequences
                        : options.kvTokens;
        EngineLimits limits =
                new EngineLimits(
                        sequences,
                        Math.max(sequences, budget),
                        block,
                        blocks(kvTokens, block),
                        stated(options.maxModelLen, OptionalInt.empty())
                                .orElse(DEFAULT_CONTEXT_TOKENS));
        int lookAhead = options.lookAhead == null ? 1 : options.lookAhead;
        return MeasuredEngine.of(
                new EngineProfile(
                        names.profile(),
                        names.model() == null ? NO_MODEL : names.model(),
                        names.hardware(),
                        LinearStepCost.ofStep(0.01),
                        limits,
                        new BatchingRules(PrefillMode.CHUNKED, !options.noPrefixCache, lookAhead)));
    }

    private int sequences(int replicas) {
        OptionalInt stated = stated(options.maxNumSeqs, meta.number("max_num_seqs"));
        if (stated.isPresent()) {
            return stated.getAsInt();
        }
        OptionalInt shown = new LogEvidence(known).fullBatch();
        if (shown.isPresent()) {
            int each = Math.max(1, shown.getAsInt() / replicas);
            warnings.add(
                    "max_num_seqs is not known: others waited while %d ran, which is taken for it (--max-num-seqs)"
                            .formatted(each));
            return each;
        }
        warnings.add(
                "max_num_seqs is not known and no queue shows it: %d is taken (--max-num-seqs)"
                        .formatted(DEFAULT_SEQUENCES));
        return DEFAULT_SEQUENCES;
    }

    private OptionalInt statedBudget() {
        return stated(options.maxNumBatchedTokens, meta.number("max_num_batched_tokens"));
    }

    private MeasuredEngine withLikelyBudget(MeasuredEngine engine, Map<StepTerm, Double> floors) {
        MeasuredEngine likely = new BudgetSearch(engine, known, floors).best();
        warnings.add(
                "max_num_batched_tokens is not known: of the usual values %d is taken (--max-num-batched-tokens)"
                        .formatted(likely.profile().limits().maxBatchedTokens()));
        return likely;
    }

    private OptionalLong statedKvTokens(int block) {
        if (options.kvTokens != null) {
            return OptionalLong.of(Math.max(options.kvTokens, longest()));
        }
        OptionalInt blocks = meta.number("num_gpu_blocks_override");
        blocks = blocks.isPresent() ? blocks : meta.number("num_gpu_blocks");
        return blocks.isPresent()
                ? OptionalLong.of(Math.max((long) blocks.getAsInt() * block, longest()))
                : OptionalLong.empty();
    }

    private MeasuredEngine withShownMemory(MeasuredEngine engine, Map<StepTerm, Double> floors) {
        int slots = engine.profile().limits().maxSequences() * engine.replicas();
        OptionalLong shown = new LogEvidence(known).kvTokens(slots);
        if (shown.isEmpty()) {
            warnings.add(
                    "KV memory is not known and nobody waited for it: enough for all slots is taken (--kv-tokens)");
            return engine;
        }
        MeasuredEngine found =
                new KvSearch(engine, known, floors).near(shown.getAsLong() / engine.replicas());
        warnings.add(
                String.format(
                        Locale.ROOT,
                        "KV memory is not known and requests waited for it beside free slots: %,d tokens explain the log best (--kv-tokens)",
                        found.profile().limits().usableKvTokens()));
        return found;
    }

    private BatchingRules rules() {
        boolean cache = !options.noPrefixCache && meta.flag("enable_prefix_caching").orElse(true);
        int lookAhead =
                options.lookAhead != null
                        ? options.lookAhead
                        : meta.flag("async_scheduling").orElse(true) ? 1 : 0;
        return new BatchingRules(PrefillMode.CHUNKED, cache, lookAhead);
    }

    private long longest() {
        return known.requests().stream()
                .mapToLong(r -> (long) r.request().promptTokens() + r.request().producedTokens())
                .max()
                .orElse(1);
    }

    /** Whole blocks, and the one that the engine keeps. */
    private static int blocks(long tokens, int block) {
        return (int) Math.min(Integer.MAX_VALUE, (tokens + block - 1) / block + 1);
    }

    private static OptionalInt stated(@Nullable Integer option, OptionalInt other) {
        return option != null ? OptionalInt.of(option) : other;
    }

    private static int orElse(@Nullable Integer option, OptionalInt other, int fallback) {
        return stated(option, other).orElse(fallback);
    }
}

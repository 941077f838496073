package io.sluice.sim.engine;

import java.util.List;
import java.util.Locale;

/**
 * The engines that can be simulated by name. Where the coefficients come from, and how well they
 * fit, is in {@code docs/engine-model.md}.
 */
public final class EngineProfiles {
    /** Qwen1.5-4B-class model on an A100 40 GB. */
    public static final String A100_4B = "A100_4B";

    /** 7B model on an A100 40 GB. */
    public static final String A100_7B = "A100_7B";

    /** Qwen1.5-4B-class model on an RTX A5000 24 GB. */
    public static final String A5000_4B = "A5000_4B";

    /** 7B model on an RTX A5000 24 GB: known, and refused, because its weights do not fit. */
    public static final String A5000_7B = "A5000_7B";

    /** Llama-3.1-8B on an RTX PRO 6000 under vLLM 0.19, fitted from a measured run. */
    public static final String RTXPRO6000_8B = "RTXPRO6000_8B";

    private static final int STUDY_BATCH = 16;
    private static final int STUDY_BLOCK_TOKENS = 32;
    private static final int QWEN_CONTEXT_TOKENS = 32_768;
    private static final double STUDY_USABLE = 0.8;
    private static final double STUDY_ACTIVATIONS = 0.05;
    // The study counts weights at 4 bytes per parameter and keys and values at 2.
    private static final double WEIGHTS_4B_GIB = 16;
    private static final double WEIGHTS_7B_GIB = 28;
    private static final int KV_TOKEN_BYTES_4B = 2560 * 40 * 2 * 2;
    private static final int KV_TOKEN_BYTES_7B = 4096 * 32 * 2 * 2;

    private static final List<String> NAMES = List.of(A100_4B, A100_7B, A5000_4B, RTXPRO6000_8B);

    private EngineProfiles() {}

    /** The names that {@link #named} accepts. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * The profile of a name.
     *
     * @throws IllegalArgumentException if there is none, or the model does not fit the GPU; the
     *     message says which and names the choices
     */
    public static EngineProfile named(String name) {
        return switch (name) {
            case A100_4B ->
                    study(
                            name,
                            StudyCoefficients.A100_4B.stepCost(),
                            studyMemory(40, WEIGHTS_4B_GIB, KV_TOKEN_BYTES_4B));
            case A100_7B ->
                    study(
                            name,
                            StudyCoefficients.A100_7B.stepCost(),
                            studyMemory(40, WEIGHTS_7B_GIB, KV_TOKEN_BYTES_7B));
            case A5000_4B ->
                    study(
                            name,
                            StudyCoefficients.A5000_4B.stepCost(),
                            studyMemory(24, WEIGHTS_4B_GIB, KV_TOKEN_BYTES_4B));
            case A5000_7B ->
                    study(
                            name,
                            StudyCoefficients.A5000_7B.stepCost(),
                            studyMemory(24, WEIGHTS_7B_GIB, KV_TOKEN_BYTES_7B));
            case RTXPRO6000_8B -> rtxPro6000();
            default ->
                    throw new IllegalArgumentException(
                            "no engine profile \"%s\"; choose one of %s"
                                    .formatted(name, String.join(", ", NAMES)));
        };
    }

    private static GpuMemory studyMemory(double gpuGib, double weightsGib, int kvTokenBytes) {
        return new GpuMemory(gpuGib, STUDY_USABLE, STUDY_ACTIVATIONS, weightsGib, kvTokenBytes);
    }

    private static EngineProfile study(String name, StepCost cost, GpuMemory memory) {
        int blocks = memory.kvBlocks(STUDY_BLOCK_TOKENS);
        if (blocks < 1) {
            throw new IllegalArgumentException(doesNotFit(name, memory));
        }
        // The study's pool has no reserved block, so one is added for the engine to keep.
        EngineLimits limits =
                new EngineLimits(
                        STUDY_BATCH,
                        Integer.MAX_VALUE,
                        STUDY_BLOCK_TOKENS,
                        blocks + EngineLimits.RESERVED_BLOCKS,
                        QWEN_CONTEXT_TOKENS);
        String[] parts = name.split("_", 2);
        BatchingRules rules = new BatchingRules(PrefillMode.WHOLE, false, 0, false, false);
        KvTransfer transfer = KvTransfer.ofSeconds(parts[0].equals("A100") ? 0.0001 : 0.0003);
        return new EngineProfile(
                name, "Qwen1.5-" + parts[1], parts[0], cost, limits, rules, transfer);
    }

    private static String doesNotFit(String name, GpuMemory memory) {
        return String.format(
                Locale.ROOT,
                "engine profile %s cannot run: its weights take %.2f GiB, but of the GPU's %.2f GiB only %.2f GiB are left for"
                        + " weights and KV cache (%.0f %% usable, less %.0f %% of that for activations); choose one of %s",
                name,
                memory.weightsGib(),
                memory.gpuGib(),
                memory.roomGib(),
                memory.usableFraction() * 100,
                memory.activationFraction() * 100,
                String.join(", ", NAMES));
    }

    private static EngineProfile rtxPro6000() {
        // Layer and attention tables of the hardware, all times scaled by 1.054 to the first half
        // of the measured run.
        StepCost cost =
                LinearStepCost.ofStep(11.9e-3)
                        .withPrefillToken(37.7e-6)
                        .withDecode(17.3e-6)
                        .withContextToken(97e-9)
                        .withMixedContextToken(68e-9);
        // The run did not record its KV memory and never filled it. 95.6 GiB at vLLM's default of
        // 0.9, bf16 weights of 8.03e9
        // parameters, 32 layers of 8 KV heads of 128, and 2 % allowed for activations and graphs.
        GpuMemory memory = new GpuMemory(95.6, 0.9, 0.02, 14.96, 131_072);
        int blockTokens = 16;
        EngineLimits limits =
                new EngineLimits(128, 2_048, blockTokens, memory.kvBlocks(blockTokens), 131_072);
        BatchingRules rules = new BatchingRules(PrefillMode.CHUNKED, true, 1);
        return new EngineProfile(
                RTXPRO6000_8B, "Llama-3.1-8B", "RTX PRO 6000", cost, limits, rules);
    }
}

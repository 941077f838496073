package io.sluice.sim.engine;

/**
 * Measured speeds of the "semantic scheduling" study (arXiv 2506.12204), all in seconds: a prompt
 * of p tokens takes {@code c1 p^2 + c2 p}, one output token at a context of n tokens, itself
 * included, {@code a n + b}.
 *
 * @param contextTokenSeconds a
 * @param decodeSeconds b
 * @param prefillSquareSeconds c1
 * @param prefillTokenSeconds c2
 * @param transferSeconds per token whose keys and values are moved from or to the host
 */
public record StudyCoefficients(
        double contextTokenSeconds,
        double decodeSeconds,
        double prefillSquareSeconds,
        double prefillTokenSeconds,
        double transferSeconds) {

    /** Qwen1.5-4B-class model on an A100 40 GB. */
    public static final StudyCoefficients A100_4B =
            new StudyCoefficients(5.91298857e-9, 1.195828e-2, 1.46584975e-9, 1.0515576e-4, 1e-4);

    /** 7B model on an A100 40 GB. */
    public static final StudyCoefficients A100_7B =
            new StudyCoefficients(1.34911080e-8, 1.330198e-2, 5.13462572e-7, 1.48057167e-4, 1e-4);

    /** Qwen1.5-4B-class model on an RTX A5000 24 GB. */
    public static final StudyCoefficients A5000_4B =
            new StudyCoefficients(2.86938135e-6, 3.00834536e-2, 1.58625005e-9, 1.30542054e-4, 3e-4);

    /** 7B model on an RTX A5000 24 GB. */
    public static final StudyCoefficients A5000_7B =
            new StudyCoefficients(2.11725653e-6, 2.72656264e-2, 1.85905340e-9, 2.17527368e-4, 3e-4);

    /** Rejects times that are negative or not finite. */
    public StudyCoefficients {
        requireTime("context token", contextTokenSeconds);
        requireTime("decode", decodeSeconds);
        requireTime("prefill square", prefillSquareSeconds);
        requireTime("prefill token", prefillTokenSeconds);
        requireTime("transfer", transferSeconds);
    }

    /**
     * The coefficients of a setting.
     *
     * @throws IllegalArgumentException naming the choices, if there is none of that name
     */
    public static StudyCoefficients named(String setting) {
        return switch (setting) {
            case EngineProfiles.A100_4B -> A100_4B;
            case EngineProfiles.A100_7B -> A100_7B;
            case EngineProfiles.A5000_4B -> A5000_4B;
            default ->
                    throw new IllegalArgumentException(
                            "setting '%s' is not one of the study's; choose one of %s, %s, %s"
                                    .formatted(
                                            setting,
                                            EngineProfiles.A100_4B,
                                            EngineProfiles.A100_7B,
                                            EngineProfiles.A5000_4B));
        };
    }

    private static void requireTime(String name, double seconds) {
        if (!(seconds >= 0 && seconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "coefficients: %s is %s s, must be finite and 0 or more"
                            .formatted(name, seconds));
        }
    }

    /** As the step cost of an engine. */
    StepCost stepCost() {
        return SlowestMemberStepCost.ofSeconds(
                contextTokenSeconds, decodeSeconds, prefillSquareSeconds, prefillTokenSeconds);
    }
}

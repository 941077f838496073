package io.sluice.apps.trace.workload;

import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.arrival.ArrivalSpec;
import io.sluice.apps.trace.file.TraceFormat;
import io.sluice.apps.trace.file.TraceOptions;
import io.sluice.apps.trace.file.ZeroLengths;
import io.sluice.apps.trace.shape.PriorityMix;
import io.sluice.apps.trace.shape.Shaping;
import io.sluice.apps.trace.shape.TargetPlan;
import io.sluice.apps.trace.shape.TokenLimit;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalDouble;

/** The options by which a command says what to replay and how. */
public final class WorkloadOptions {

    /** Requests that the generator makes when nobody says how many. */
    public static final long DEFAULT_SYNTHETIC_REQUESTS = 1000;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "The trace: CSV, JSON, JSON lines or Parquet, plain or gzip.")
    private @Nullable Path trace;

    @Option(
            names = "--synthetic",
            description = "A made-up trace in place of a file: tenants, sessions, bursts.")
    private boolean synthetic;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = TraceFormat.AUTO,
            description =
                    "Format of the file (default: ${DEFAULT-VALUE}, from its content): azure,"
                            + " splitwise, mooncake, bailian, burstgpt, arena, workload,"
                            + " timed-prompts, multiround, sharegpt, lmsys, prompts, lengths,"
                            + " lmsys-words.")
    private String format = TraceFormat.AUTO;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description =
                    "Requests to send at most (default: all of a file, "
                            + DEFAULT_SYNTHETIC_REQUESTS
                            + " made-up ones).")
    private @Nullable Long limit;

    @Option(
            names = "--arrivals",
            paramLabel = "SPEC",
            defaultValue = "auto",
            description =
                    "When requests arrive: auto (recorded times, else Poisson), recorded,"
                            + " spread[:SECONDS], poisson, gamma:CV, square:SHARE/SHARE@SECONDS,"
                            + " burstgpt (gamma gaps as bunched as BurstGPT's),"
                            + " burstgpt:FILE[@SECONDS-PER-HOUR] (the same at the hourly rates of a"
                            + " BurstGPT file), hourly:FILE[@SECONDS-PER-HOUR] (Poisson at these"
                            + " rates), gaps:FILE (default: ${DEFAULT-VALUE}).")
    private String arrivals = "auto";

    @Option(
            names = "--rate",
            paramLabel = "R",
            description =
                    "Mean requests per second, before the speedup (default: as recorded; 5 where no"
                            + " times are; 10 for --synthetic).")
    private @Nullable Double rate;

    @Option(
            names = "--speedup",
            paramLabel = "K",
            defaultValue = "1",
            description =
                    "Divide arrival gaps, deadlines, TTLs and targets by this (default:"
                            + " ${DEFAULT-VALUE}). How long a simulated GPU takes is divided by the"
                            + " worker's own --speedup: give it the same.")
    private double speedup;

    @Option(
            names = "--priority-mix",
            paramLabel = "MIX",
            description =
                    "Shares of the priority classes, such as P0=0.1,P1=0.2,P4=0.7 (default: as"
                            + " recorded, else P4).")
    private @Nullable String mix;

    @Option(
            names = "--slo",
            paramLabel = "SPEC",
            description =
                    "Targets by class, such as \"P0:ttft=500ms,tpot=50ms;*:ttl=60s,deadline=30s..120s\""
                            + " (default: none).")
    private @Nullable String targets;

    @Option(
            names = "--max-tokens",
            paramLabel = "SPEC",
            defaultValue = "none",
            description =
                    "Limit on answers: none, exact (the recorded length), a number, or xF times the"
                            + " recorded length (default: ${DEFAULT-VALUE}).")
    private String maxTokens = "none";

    @Option(
            names = "--zero-lengths",
            paramLabel = "RULE",
            defaultValue = "reject",
            description =
                    "What to do with prompts and answers of no tokens: reject or raise_to_one"
                            + " (default: ${DEFAULT-VALUE}).")
    private ZeroLengths zeroLengths = ZeroLengths.REJECT;

    @Option(
            names = "--text-blocks",
            paramLabel = "TOKENS",
            description =
                    "Hash prompts that are text in blocks of so many tokens, as estimated, for"
                            + " policies that go by shared prefixes (default: no hashes but"
                            + " recorded ones).")
    private @Nullable Integer textBlocks;

    @Option(
            names = "--strict",
            description = "Stop at the first row that cannot be used, instead of counting it.")
    private boolean strict;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** Whether there is a trace at all. */
    public boolean isGiven() {
        return trace != null || synthetic;
    }

    /** Mean requests per second, if one was named. */
    public OptionalDouble rate() {
        return rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate);
    }

    /**
     * What the options ask for.
     *
     * @param seed of everything that is drawn
     * @throws ParameterException if one makes no sense, or there is no trace, or two
     */
    public WorkloadSpec spec(long seed) {
        try {
            Shaping shaping =
                    new Shaping(
                            mix == null ? null : PriorityMix.parse(mix),
                            targets == null ? TargetPlan.NONE : TargetPlan.parse(targets),
                            TokenLimit.parse(maxTokens),
                            speedup,
                            seed);
            return new WorkloadSpec(choice(seed), ArrivalSpec.parse(arrivals), rate(), shaping);
        } catch (TraceException | IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()), e);
        }
    }

    private TraceChoice choice(long seed) {
        if ((trace != null) == synthetic) {
            throw wrong("give either --trace FILE or --synthetic", null);
        }
        int textBlockTokens = textBlockTokens();
        if (trace == null) {
            return new TraceChoice.Synthetic(limit == null ? DEFAULT_SYNTHETIC_REQUESTS : limit);
        }
        return new TraceChoice.Recorded(
                trace,
                new TraceOptions(
                        TraceFormat.parse(format),
                        limit == null ? Long.MAX_VALUE : limit,
                        strict,
                        zeroLengths,
                        textBlockTokens,
                        seed));
    }

    private int textBlockTokens() {
        if (textBlocks != null && textBlocks < 1) {
            throw wrong("--text-blocks is %d, must be 1 or more".formatted(textBlocks), null);
        }
        return textBlocks == null ? 0 : textBlocks;
    }

    private ParameterException wrong(String message, @Nullable Exception cause) {
        CommandSpec mixee = Objects.requireNonNull(command, "set by picocli");
        return new ParameterException(mixee.commandLine(), message, cause);
    }
}

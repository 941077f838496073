package io.sluice.apps.simulate;

import io.sluice.sim.workload.PrefixTreeSettings;
import io.sluice.sim.workload.RankingBurstSettings;
import io.sluice.sim.workload.RankingDataset;
import io.sluice.sim.workload.SemanticSettings;
import io.sluice.sim.workload.SemanticWorkload;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The options of made-up workloads. */
final class GeneratorOptions {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MOST_GAP_SECONDS = 1e6;

    @Option(
            names = "--workload",
            paramLabel = "NAME",
            description = "A paper's workload in place of a trace: semantic, k-lpm or ltr-burst.")
    private @Nullable String workload;

    @Option(
            names = "--gap",
            paramLabel = "SECONDS",
            description =
                    "semantic: time between two groups of requests (default: 0.1; 1 with"
                            + " --processing sequential).")
    private @Nullable Double gap;

    @Option(
            names = "--max-concurrent",
            paramLabel = "N",
            description = "semantic: largest group (default: 5).")
    private @Nullable Integer maxConcurrent;

    @Option(
            names = "--groups",
            paramLabel = "N",
            description = "semantic: how many groups (default: 20; 10 if sequential).")
    private @Nullable Integer groups;

    @Option(
            names = "--users",
            paramLabel = "N",
            description = "k-lpm: users, each with a prefix of its own (default: 100).")
    private int users = 100;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            description = "k-lpm: queries of each user (default: 20).")
    private int repeats = 20;

    @Option(
            names = "--prefix",
            paramLabel = "BASE/USER/DOCUMENT",
            description = "k-lpm: tokens of the parts of a prompt (default: 0/4000/1000).")
    private String prefix = "0/4000/1000";

    @Option(
            names = "--prefix-cache",
            paramLabel = "TOKENS",
            description =
                    "k-lpm: what the engine's prefix cache holds; 0 for the last prompt and nothing"
                            + " else, as in the paper (default: 0).")
    private long prefixCache;

    @Option(
            names = "--requests",
            paramLabel = "N",
            description = "ltr-burst: requests that arrive together (default: 2000).")
    private int requests = 2_000;

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            description =
                    "ltr-burst: whose lengths answers have, sharegpt or lmsys (default: sharegpt).")
    private RankingDataset dataset = RankingDataset.SHAREGPT;

    @Option(
            names = "--sigma",
            paramLabel = "S",
            description =
                    "ltr-burst: spread of the logarithm of the lengths (default: the data set's).")
    private @Nullable Double sigma;

    @Option(
            names = "--tau",
            paramLabel = "T",
            description =
                    "ltr-burst: Kendall's tau-b between predicted and true lengths, above 0 up to 1"
                            + " (default: 1).")
    private double tau = 1;

    /** Name of the workload, or null for a trace. */
    @Nullable String workload() {
        return workload;
    }

    /** The semantic study's workload. */
    SemanticWorkload semantic() {
        return new SemanticWorkload(semanticSettings(false));
    }

    /** What is fixed in it. */
    Map<String, String> semanticConditions(boolean sequential) {
        SemanticSettings.Groups settings = semanticSettings(sequential).groups();
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("workload", "semantic");
        conditions.put("groups", Integer.toString(settings.count()));
        conditions.put("gap", settings.gap().toNanos() / NANOS_PER_SECOND + " s");
        conditions.put("max-concurrent", Integer.toString(settings.maxConcurrent()));
        return conditions;
    }

    /** Its settings. */
    SemanticSettings semanticSettings(boolean sequential) {
        SemanticSettings standard =
                sequential ? SemanticSettings.sequential() : SemanticSettings.standard();
        SemanticSettings.Groups usual = standard.groups();
        return standard.withGroups(
                new SemanticSettings.Groups(
                        groups == null ? usual.count() : groups,
                        gap == null ? usual.gap() : seconds(gap),
                        maxConcurrent == null ? usual.maxConcurrent() : maxConcurrent,
                        false));
    }

    /**
     * The k-LPM paper's queries.
     *
     * @param requestsPerSecond mean rate
     */
    PrefixTreeSettings prefixTree(double requestsPerSecond) {
        String[] parts = prefix.split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException(
                    "--prefix is '%s'; write three lengths, such as 0/4000/1000".formatted(prefix));
        }
        return new PrefixTreeSettings(
                users,
                repeats,
                new PrefixTreeSettings.Prompt(tokens(parts[0]), tokens(parts[1]), tokens(parts[2])),
                requestsPerSecond);
    }

    private int tokens(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "--prefix is '%s'; '%s' is no length".formatted(prefix, text), e);
        }
    }

    /** What the prefix cache of its engine holds, in tokens. */
    long prefixCacheTokens() {
        return prefixCache;
    }

    /** What is fixed in it. */
    Map<String, String> prefixTreeConditions(double requestsPerSecond) {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("workload", "k-lpm");
        conditions.put("rate", Double.toString(requestsPerSecond));
        conditions.put("users", Integer.toString(users));
        conditions.put("repeats", Integer.toString(repeats));
        conditions.put("prefix", prefix);
        conditions.put("prefix-cache", prefixCache == 0 ? "last prompt" : prefixCache + " tokens");
        return conditions;
    }

    /** The burst of learning to rank. */
    RankingBurstSettings rankingBurst() {
        return RankingBurstSettings.of(
                requests, dataset, sigma == null ? dataset.sigma() : sigma, tau);
    }

    /** What is fixed in it. */
    Map<String, String> rankingBurstConditions() {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("workload", "ltr-burst");
        conditions.put("requests", Integer.toString(requests));
        conditions.put("dataset", dataset.name().toLowerCase(Locale.ROOT));
        conditions.put("tau", Double.toString(tau));
        return conditions;
    }

    private static Duration seconds(double seconds) {
        if (!(seconds >= 0 && seconds <= MOST_GAP_SECONDS)) {
            throw new IllegalArgumentException(
                    "--gap is %s s, must be from 0 to %.0f".formatted(seconds, MOST_GAP_SECONDS));
        }
        return Duration.ofNanos(Math.round(seconds * NANOS_PER_SECOND));
    }
}

package io.sluice.apps.simulate;

import io.sluice.sim.workload.PrefixTreeSettings;

import picocli.CommandLine.Option;

import java.util.LinkedHashMap;
import java.util.Map;

/** The options of the k-LPM paper's workload. */
final class PrefixTreeOptions {

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

    /**
     * The k-LPM paper's queries.
     *
     * @param requestsPerSecond mean rate
     */
    PrefixTreeSettings settings(double requestsPerSecond) {
        if (prefixCache < 0) {
            throw new IllegalArgumentException(
                    "--prefix-cache is %d, must be 0 or more tokens".formatted(prefixCache));
        }
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
    long cacheTokens() {
        return prefixCache;
    }

    /** What is fixed in it. */
    Map<String, String> conditions(double requestsPerSecond) {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("workload", "k-lpm");
        conditions.put("rate", Double.toString(requestsPerSecond));
        conditions.put("users", Integer.toString(users));
        conditions.put("repeats", Integer.toString(repeats));
        conditions.put("prefix", prefix);
        conditions.put("prefix-cache", prefixCache == 0 ? "last prompt" : prefixCache + " tokens");
        return conditions;
    }
}

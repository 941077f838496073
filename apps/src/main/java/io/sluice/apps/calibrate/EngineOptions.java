package io.sluice.apps.calibrate;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the measured engine was like, where its files do not say or say wrong. */
final class EngineOptions {
    @Option(
            names = "--max-num-seqs",
            paramLabel = "N",
            description =
                    "Requests that run at once (default: meta.json; else what a queue in the log shows; else 256, as in"
                            + " vLLM).")
    @Nullable Integer maxNumSeqs;

    @Option(
            names = "--max-num-batched-tokens",
            paramLabel = "N",
            description =
                    "Tokens of a step (default: meta.json; else the usual value that fits the log best, 2048 if in doubt).")
    @Nullable Integer maxNumBatchedTokens;

    @Option(
            names = "--block-size",
            paramLabel = "N",
            description = "Tokens of a block of KV memory (default: meta.json; else 16).")
    @Nullable Integer blockSize;

    @Option(
            names = "--kv-tokens",
            paramLabel = "N",
            description =
                    "Tokens that KV memory holds (default: meta.json; else what a queue beside free slots shows; else"
                            + " enough for all slots).")
    @Nullable Long kvTokens;

    @Option(
            names = "--max-model-len",
            paramLabel = "N",
            description = "Longest prompt plus output (default: meta.json; else 131072).")
    @Nullable Integer maxModelLen;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            description =
                    "Engines that share the requests (default: data_parallel_size of meta.json; else"
                            + " 1).")
    @Nullable Integer replicas;

    @Option(
            names = "--look-ahead",
            paramLabel = "0|1",
            description =
                    "1 if batches are composed a step ahead, as by vLLM with asynchronous scheduling (default: meta.json;"
                            + " else 1).")
    @Nullable Integer lookAhead;

    @Option(
            names = "--no-prefix-cache",
            description = "The engine ran without prefix cache (default: meta.json; else with).")
    boolean noPrefixCache;

    /**
     * Looks for numbers that no engine has.
     *
     * @throws IllegalArgumentException naming the option and what it may be
     */
    void check() {
        requireOneOrMore("--max-num-seqs", maxNumSeqs);
        requireOneOrMore("--max-num-batched-tokens", maxNumBatchedTokens);
        requireOneOrMore("--block-size", blockSize);
        requireOneOrMore("--kv-tokens", kvTokens);
        requireOneOrMore("--max-model-len", maxModelLen);
        requireOneOrMore("--replicas", replicas);
        if (lookAhead != null && lookAhead != 0 && lookAhead != 1) {
            throw new IllegalArgumentException(
                    "--look-ahead is %d, must be 0 or 1".formatted(lookAhead));
        }
    }

    private static void requireOneOrMore(String option, @Nullable Number value) {
        if (value != null && value.longValue() < 1) {
            throw new IllegalArgumentException(
                    "%s is %s, must be 1 or more".formatted(option, value));
        }
    }
}

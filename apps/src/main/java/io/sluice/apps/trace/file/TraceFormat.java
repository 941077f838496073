package io.sluice.apps.trace.file;

import io.sluice.apps.trace.TraceException;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The trace formats we read, each by the names of its columns or keys, whatever it is packed in:
 * CSV, JSON array, JSON lines or Parquet. Detection takes the first that matches, so the more
 * specific ones come first.
 */
public enum TraceFormat {
    /**
     * Azure LLM inference traces of 2023 (seven fractional digits, no zone) and 2024 (six, with a
     * zone).
     */
    AZURE("azure"),
    /** The Azure traces as Splitwise and Vidur write them. */
    SPLITWISE("splitwise"),
    /**
     * Qwen-Bailian: like Mooncake, in seconds, with 16-token blocks and chats as chains of parents.
     */
    BAILIAN("bailian"),
    /** Mooncake (FAST'25) and what other tools write in its shape. */
    MOONCAKE("mooncake"),
    /**
     * BurstGPT, by column name: its third file has two columns more. An answer of 0 tokens is a
     * failed request.
     */
    BURSTGPT("burstgpt"),
    /**
     * LMSYS Chatbot Arena arrivals as prepared for the VTC paper: one client per model; absolute
     * rate not real.
     */
    ARENA("arena"),
    /** LLMServingSim workloads, and the request log of a measured run. */
    WORKLOAD("workload"),
    /** Aibrix: per line one time and the list of requests that arrive then, with text. */
    TIMED_PROMPTS("timed-prompts"),
    /** LMBenchmark multi-round chats: each round's input starts with the whole round before. */
    MULTIROUND("multiround"),
    /**
     * ShareGPT: conversations of from and value. The first question is the prompt, its answer gives
     * the length.
     */
    SHAREGPT("sharegpt"),
    /**
     * LMSYS-Chat-1M, and other conversations of role and content. First question and answer, as for
     * ShareGPT.
     */
    LMSYS("lmsys"),
    /** One prompt with one answer per row: Alpaca, GPTeacher, GSM8K, MT-Bench and their like. */
    PROMPTS("prompts"),
    /**
     * Pairs of lengths without times: Etalon, Vidur (with or without a predictor's output),
     * Alpaca-Eval counts.
     */
    LENGTHS("lengths"),
    /**
     * Word counts of LMSYS-Chat-1M conversations; converted at {@link
     * TokenEstimator#TOKENS_PER_WORD}.
     */
    LMSYS_WORDS("lmsys-words");

    /** The name under which a user asks for detection. */
    public static final String AUTO = "auto";

    private final String id;

    TraceFormat(String id) {
        this.id = id;
    }

    /** Name on the command line and in reports. */
    public String id() {
        return id;
    }

    /**
     * The format of that name; empty for {@value #AUTO}.
     *
     * @throws TraceException for any other word, naming the choices
     */
    public static Optional<TraceFormat> parse(String name) {
        String wanted = name.trim().toLowerCase(Locale.ROOT);
        if (wanted.equals(AUTO)) {
            return Optional.empty();
        }
        return Optional.of(
                Arrays.stream(values())
                        .filter(f -> f.id.equals(wanted))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new TraceException(
                                                "unknown trace format '"
                                                        + name
                                                        + "'; choose one of "
                                                        + choices())));
    }

    /** All names that {@link #parse} takes. */
    public static String choices() {
        return AUTO
                + ", "
                + Arrays.stream(values()).map(TraceFormat::id).collect(Collectors.joining(", "));
    }

    /** The first format that a file with these columns or keys can be. */
    static Optional<TraceFormat> detect(Collection<String> names) {
        return Arrays.stream(values()).filter(f -> f.spec().matches(names)).findFirst();
    }

    FormatSpec spec() {
        return FormatCatalog.spec(this);
    }

    /**
     * Whether the format speaks of prompts by their text, so that lengths may have to be estimated.
     */
    boolean hasText() {
        return !spec().names(Field.PROMPT).isEmpty() || !spec().names(Field.MESSAGES).isEmpty();
    }

    /** Whether the format has block hashes. */
    boolean hasBlocks() {
        return !spec().names(Field.HASH_IDS).isEmpty();
    }
}

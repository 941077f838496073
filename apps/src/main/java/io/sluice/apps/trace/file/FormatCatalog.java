package io.sluice.apps.trace.file;

import java.util.EnumMap;
import java.util.Map;

import static io.sluice.apps.trace.file.ArrivalUnit.MILLIS;
import static io.sluice.apps.trace.file.ArrivalUnit.NANOS;
import static io.sluice.apps.trace.file.ArrivalUnit.SECONDS;
import static io.sluice.apps.trace.file.ArrivalUnit.WALL_CLOCK;
import static io.sluice.apps.trace.file.Field.ANSWER_ENDED;
import static io.sluice.apps.trace.file.Field.ID;
import static io.sluice.apps.trace.file.Field.MESSAGES;
import static io.sluice.apps.trace.file.Field.MODEL;
import static io.sluice.apps.trace.file.Field.OUTPUT_TOKENS;
import static io.sluice.apps.trace.file.Field.PARENT;
import static io.sluice.apps.trace.file.Field.PREDICTED_TOKENS;
import static io.sluice.apps.trace.file.Field.PRIORITY;
import static io.sluice.apps.trace.file.Field.PROMPT;
import static io.sluice.apps.trace.file.Field.PROMPT_INPUT;
import static io.sluice.apps.trace.file.Field.PROMPT_TOKENS;
import static io.sluice.apps.trace.file.Field.REPLY;
import static io.sluice.apps.trace.file.Field.SESSION;
import static io.sluice.apps.trace.file.Field.TENANT;

/**
 * Where each format keeps what. A new format is one entry here and one constant in {@link
 * TraceFormat}.
 */
final class FormatCatalog {

    /**
     * The demo behind LMSYS-Chat-1M let models say so much; files of other origin have no limit.
     */
    private static final int LMSYS_CUT_TOKENS = 512;

    /** What lengths count where the source says no more than that a service recorded them. */
    private static final String SERVICE = "tokens of the recorded service";

    private static final String UNNAMED = "tokens of an unnamed tokenizer";
    private static final String TEXT = "tokens counted in the file or estimated";

    private static final Map<TraceFormat, FormatSpec> SPECS = new EnumMap<>(TraceFormat.class);

    static {
        SPECS.put(
                TraceFormat.AZURE,
                new FormatSpec(SERVICE)
                        .arrival("TIMESTAMP", WALL_CLOCK)
                        .need(PROMPT_TOKENS, "ContextTokens")
                        .need(OUTPUT_TOKENS, "GeneratedTokens"));
        SPECS.put(
                TraceFormat.SPLITWISE,
                new FormatSpec(SERVICE)
                        .arrival("arrived_at", SECONDS)
                        .need(PROMPT_TOKENS, "num_prefill_tokens")
                        .need(OUTPUT_TOKENS, "num_decode_tokens"));
        SPECS.put(
                TraceFormat.BAILIAN,
                new FormatSpec(SERVICE)
                        .need(ID, "chat_id")
                        .need(PARENT, "parent_chat_id")
                        .arrival("timestamp", SECONDS)
                        .need(PROMPT_TOKENS, "input_length")
                        .need(OUTPUT_TOKENS, "output_length")
                        .blocks("hash_ids", 16));
        SPECS.put(
                TraceFormat.MOONCAKE,
                new FormatSpec(SERVICE)
                        .arrival("timestamp", MILLIS)
                        .need(PROMPT_TOKENS, "input_length")
                        .need(OUTPUT_TOKENS, "output_length")
                        .blocks("hash_ids", 512)
                        .may(SESSION, "session_id")
                        .may(PRIORITY, "priority"));
        SPECS.put(
                TraceFormat.BURSTGPT,
                new FormatSpec(SERVICE)
                        .arrival("Timestamp", SECONDS)
                        .need(PROMPT_TOKENS, "Request tokens")
                        .need(OUTPUT_TOKENS, "Response tokens")
                        .may(MODEL, "Model")
                        .may(SESSION, "Session ID"));
        SPECS.put(
                TraceFormat.ARENA,
                new FormatSpec("Llama tokens")
                        .arrival("req_time", SECONDS)
                        .need(PROMPT_TOKENS, "prompt_len")
                        .need(OUTPUT_TOKENS, "output_len")
                        .may(TENANT, "adapter_dir"));
        SPECS.put(
                TraceFormat.WORKLOAD,
                new FormatSpec("tokens of the recorded model")
                        .need(PROMPT_TOKENS, "input_toks")
                        .need(OUTPUT_TOKENS, "output_toks")
                        .maybeArrival("arrival_time_ns", NANOS)
                        .maybeArrival("arrival_time", SECONDS)
                        .blocks("hash_ids", 16));
        SPECS.put(
                TraceFormat.TIMED_PROMPTS,
                new FormatSpec(UNNAMED)
                        .arrival("timestamp", MILLIS)
                        .listOf("requests")
                        .may(PROMPT_TOKENS, "Prompt Length")
                        .may(OUTPUT_TOKENS, "Output Length")
                        .may(PROMPT, "prompt"));
        SPECS.put(
                TraceFormat.MULTIROUND,
                new FormatSpec(UNNAMED)
                        .need(SESSION, "session")
                        .marker("round")
                        .chainedBySession()
                        .need(PROMPT, "input")
                        .need(OUTPUT_TOKENS, "output_length")
                        .may(PROMPT_TOKENS, "prompt_tokens"));
        SPECS.put(
                TraceFormat.SHAREGPT,
                new FormatSpec(TEXT)
                        .need(MESSAGES, "conversations")
                        .messageKeys("from", "value")
                        .may(SESSION, "id")
                        .may(MODEL, "model")
                        .may(PROMPT_TOKENS, "prompt_tokens")
                        .may(OUTPUT_TOKENS, "output_tokens"));
        SPECS.put(
                TraceFormat.LMSYS,
                new FormatSpec(TEXT)
                        .need(MESSAGES, "conversation", "messages")
                        .cutsAnswers("conversation", LMSYS_CUT_TOKENS)
                        .may(SESSION, "conversation_id", "uid")
                        .may(MODEL, "model")
                        .may(PROMPT_TOKENS, "prompt_tokens")
                        .may(OUTPUT_TOKENS, "output_tokens"));
        SPECS.put(
                TraceFormat.PROMPTS,
                new FormatSpec(TEXT)
                        .need(PROMPT, "instruction", "prompt", "prompts[0]")
                        .need(REPLY, "output", "response", "turns[0]")
                        .may(PROMPT_INPUT, "input")
                        .may(ANSWER_ENDED, "eos")
                        .may(MODEL, "generator", "model", "model_name", "model_id")
                        .may(PROMPT_TOKENS, "prompt_tokens")
                        .may(OUTPUT_TOKENS, "output_tokens"));
        SPECS.put(
                TraceFormat.LENGTHS,
                new FormatSpec("tokens counted in the file")
                        .need(PROMPT_TOKENS, "num_prefill_tokens", "prompt_tokens")
                        .need(OUTPUT_TOKENS, "num_decode_tokens", "output_tokens")
                        .may(PREDICTED_TOKENS, "num_predicted_decode_tokens")
                        .may(MODEL, "generator", "model"));
        SPECS.put(
                TraceFormat.LMSYS_WORDS,
                new FormatSpec("words, 1.5 tokens each")
                        .need(PROMPT_TOKENS, "question_length")
                        .need(OUTPUT_TOKENS, "answer_length")
                        .inWords());
    }

    private FormatCatalog() {}

    static FormatSpec spec(TraceFormat format) {
        FormatSpec spec = SPECS.get(format);
        if (spec == null) {
            throw new IllegalStateException("no entry for trace format " + format.id());
        }
        return spec;
    }
}

package io.sluice.apps.trace.file;

import io.sluice.apps.trace.Caller;
import io.sluice.apps.trace.PrefixBlocks;
import io.sluice.apps.trace.RejectReason;
import io.sluice.apps.trace.TokenCounts;
import io.sluice.apps.trace.TraceNote;
import io.sluice.apps.trace.TraceRequest;
import io.sluice.apps.trace.file.Predecessors.Known;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * The rules by which a row of a trace becomes a request. Remembers what it accepted: the last
 * arrival, the chats.
 */
final class RowReader {

    /** Parent id of a request that starts a chat (Qwen-Bailian). */
    private static final String NO_PARENT = "-1";

    private final TraceLayout layout;
    private final FormatSpec spec;
    private final int cutTokens;
    private final ZeroLengths zeroLengths;
    private final int textBlockTokens;
    private final OutputLengths outputLengths;
    private final ArrivalClock clock;
    private final Predecessors predecessors = new Predecessors();

    RowReader(TraceLayout layout, TraceOptions options) {
        this.layout = layout;
        this.spec = layout.format().spec();
        this.cutTokens = spec.cutTokens(layout.names());
        this.zeroLengths = options.zeroLengths();
        this.textBlockTokens = options.textBlockTokens();
        this.outputLengths = new OutputLengths(options.seed());
        this.clock = new ArrivalClock(layout.arrival());
    }

    /**
     * The request of a row.
     *
     * @param sequence its number if it is accepted
     * @param notes receives what was done to it; to be counted only if it is accepted
     */
    TraceRequest read(TraceRow row, long sequence, Set<TraceNote> notes)
            throws SQLException, BadRow {
        row.requireWhole();
        long arrival = clock.offset(row.text(Field.ARRIVAL), notes);
        Prompt prompt = prompt(row, notes);
        TokenCounts tokens = tokens(row, prompt, notes);
        PrefixBlocks prefix = prefix(row, prompt, tokens.promptTokens(), notes);
        Integer priority = row.integer(Field.PRIORITY);
        String id = row.text(spec.isChainedBySession() ? Field.SESSION : Field.ID);
        Known before = predecessor(row, notes);
        String session = session(row, id, before);
        TraceRequest request =
                new TraceRequest(
                        sequence,
                        arrival,
                        tokens,
                        new Caller(
                                row.text(Field.TENANT), row.text(Field.MODEL), session, priority),
                        prefix,
                        before == null ? List.of() : List.of(before.sequence()),
                        prompt.messages(),
                        row.position());
        clock.advance(Math.max(arrival, 0));
        if (id != null) {
            predecessors.remember(id, new Known(sequence, session == null ? id : session));
        }
        return request;
    }

    private Prompt prompt(TraceRow row, Set<TraceNote> notes) throws SQLException, BadRow {
        if (!layout.format().hasText()) {
            return Prompt.NONE;
        }
        String question = row.text(Field.PROMPT);
        if (question != null) {
            return Prompt.ofText(question, row.text(Field.PROMPT_INPUT), row.text(Field.REPLY));
        }
        List<@Nullable String> speakers = row.speakers();
        List<@Nullable String> contents = row.contents();
        if (speakers == null || contents == null) {
            List<String> names = spec.names(Field.MESSAGES);
            throw new BadRow(
                    RejectReason.MISSING_FIELD,
                    names.isEmpty()
                            ? String.join("|", spec.names(Field.PROMPT))
                            : "no list " + String.join("|", names));
        }
        return Prompt.ofConversation(speakers, contents, notes);
    }

    private TokenCounts tokens(TraceRow row, Prompt prompt, Set<TraceNote> notes)
            throws SQLException, BadRow {
        Integer promptTokens = row.length(Field.PROMPT_TOKENS);
        if (promptTokens == null) {
            if (prompt.messages().isEmpty()) {
                throw new BadRow(
                        RejectReason.MISSING_FIELD,
                        String.join("|", spec.names(Field.PROMPT_TOKENS)));
            }
            notes.add(TraceNote.PROMPT_ESTIMATED);
            promptTokens = prompt.estimatedTokens();
        }
        Integer outputTokens = row.length(Field.OUTPUT_TOKENS);
        if (outputTokens == null) {
            outputTokens = outputWithoutCount(row, prompt, notes);
        }
        noteCut(row, outputTokens, notes);
        return new TokenCounts(
                positive(
                        inTokens(promptTokens, notes),
                        RejectReason.ZERO_PROMPT,
                        "prompt of 0 tokens",
                        notes),
                positive(
                        inTokens(outputTokens, notes),
                        RejectReason.ZERO_OUTPUT,
                        "output of 0 tokens",
                        notes),
                row.length(Field.PREDICTED_TOKENS));
    }

    private int outputWithoutCount(TraceRow row, Prompt prompt, Set<TraceNote> notes)
            throws SQLException, BadRow {
        String reply = prompt.reply();
        if (reply != null) {
            notes.add(TraceNote.OUTPUT_ESTIMATED);
            return TokenEstimator.ofText(reply);
        }
        if (prompt.messages().isEmpty()) {
            throw new BadRow(
                    RejectReason.MISSING_FIELD, String.join("|", spec.names(Field.OUTPUT_TOKENS)));
        }
        notes.add(TraceNote.OUTPUT_DRAWN);
        return outputLengths.draw(row.position());
    }

    /** A drawn length was cut by nobody. */
    private void noteCut(TraceRow row, int outputTokens, Set<TraceNote> notes) throws SQLException {
        boolean endless = "false".equals(row.text(Field.ANSWER_ENDED));
        boolean atLimit = outputTokens >= cutTokens && !notes.contains(TraceNote.OUTPUT_DRAWN);
        if (endless || atLimit) {
            notes.add(TraceNote.OUTPUT_MAYBE_CUT);
        }
    }

    private int inTokens(int length, Set<TraceNote> notes) {
        if (!spec.lengthsInWords()) {
            return length;
        }
        notes.add(TraceNote.CONVERTED_FROM_WORDS);
        return TokenEstimator.ofWords(length);
    }

    private int positive(int length, RejectReason reason, String detail, Set<TraceNote> notes)
            throws BadRow {
        if (length > 0) {
            return length;
        }
        if (zeroLengths == ZeroLengths.REJECT) {
            throw new BadRow(reason, detail);
        }
        notes.add(TraceNote.ZERO_RAISED);
        return 1;
    }

    private PrefixBlocks prefix(TraceRow row, Prompt prompt, int promptTokens, Set<TraceNote> notes)
            throws SQLException {
        List<Long> ids = layout.format().hasBlocks() ? row.hashIds() : null;
        if (ids == null) {
            return textBlockTokens == 0 || prompt.messages().isEmpty()
                    ? PrefixBlocks.NONE
                    : TextBlocks.of(prompt.messages(), promptTokens, textBlockTokens);
        }
        if (ids.size() != PrefixBlocks.blocksFor(promptTokens, spec.blockTokens())) {
            notes.add(TraceNote.PREFIX_DROPPED);
            return PrefixBlocks.NONE;
        }
        return new PrefixBlocks(spec.blockTokens(), ids);
    }

    private @Nullable Known predecessor(TraceRow row, Set<TraceNote> notes) throws SQLException {
        if (spec.isChainedBySession()) {
            String session = row.text(Field.SESSION);
            return session == null ? null : predecessors.find(session);
        }
        String parent = row.text(Field.PARENT);
        if (parent == null || parent.equals(NO_PARENT)) {
            return null;
        }
        Known known = predecessors.find(parent);
        if (known == null) {
            notes.add(TraceNote.PREDECESSOR_UNKNOWN);
        }
        return known;
    }

    private @Nullable String session(TraceRow row, @Nullable String id, @Nullable Known before)
            throws SQLException {
        String recorded = row.text(Field.SESSION);
        if (recorded != null) {
            return recorded;
        }
        return before != null ? before.session() : id;
    }
}

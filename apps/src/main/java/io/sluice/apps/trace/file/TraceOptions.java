package io.sluice.apps.trace.file;

import java.util.Optional;

/**
 * How to read a trace file.
 *
 * @param format its format; empty to find out from its content
 * @param limit requests to accept at most, at least 1
 * @param strict stop at the first row that cannot be used instead of counting it
 * @param zeroLengths what to do with lengths of zero
 * @param textBlockTokens size of the blocks in which prompts that are text are hashed; 0 for no
 *     hashes of them
 * @param seed of the output lengths that are drawn where no answer is recorded
 */
public record TraceOptions(
        Optional<TraceFormat> format,
        long limit,
        boolean strict,
        ZeroLengths zeroLengths,
        int textBlockTokens,
        long seed) {

    public TraceOptions {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, not " + limit);
        }
        if (textBlockTokens < 0) {
            throw new IllegalArgumentException(
                    "blocks of text must have 1 token or more, not " + textBlockTokens);
        }
    }

    /** Detect the format, read everything, count what is bad. */
    public static TraceOptions defaults() {
        return new TraceOptions(Optional.empty(), Long.MAX_VALUE, false, ZeroLengths.REJECT, 0, 0);
    }

    /** The same with a format. */
    public TraceOptions withFormat(TraceFormat wanted) {
        return new TraceOptions(
                Optional.of(wanted), limit, strict, zeroLengths, textBlockTokens, seed);
    }

    /** The same with a limit. */
    public TraceOptions withLimit(long requests) {
        return new TraceOptions(format, requests, strict, zeroLengths, textBlockTokens, seed);
    }

    /** The same, stopping at the first bad row. */
    public TraceOptions withStrict(boolean stop) {
        return new TraceOptions(format, limit, stop, zeroLengths, textBlockTokens, seed);
    }

    /** The same with another rule for zeros. */
    public TraceOptions withZeroLengths(ZeroLengths rule) {
        return new TraceOptions(format, limit, strict, rule, textBlockTokens, seed);
    }

    /** The same with hashes of text. */
    public TraceOptions withTextBlocks(int blockTokens) {
        return new TraceOptions(format, limit, strict, zeroLengths, blockTokens, seed);
    }

    /** The same with another seed. */
    public TraceOptions withSeed(long newSeed) {
        return new TraceOptions(format, limit, strict, zeroLengths, textBlockTokens, newSeed);
    }
}

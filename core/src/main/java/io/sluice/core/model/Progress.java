package io.sluice.core.model;

/**
 * How far a request has come.
 *
 * @param generatedTokens output tokens made so far
 * @param heldTokens tokens of prompt and output whose keys and values its instance still holds, so
 *     that they need not be computed again
 * @param interruptedAtMillis when its last run was interrupted, 0 if none was
 */
public record Progress(int generatedTokens, int heldTokens, long interruptedAtMillis) {

    /** Nothing was done yet. */
    public static final Progress NONE = new Progress(0, 0, 0);

    /** Rejects negative counts. */
    public Progress {
        if (generatedTokens < 0 || heldTokens < 0) {
            throw new IllegalArgumentException(
                    "progress must not be negative: %d tokens generated, %d held"
                            .formatted(generatedTokens, heldTokens));
        }
    }

    /** How far a run has come that was not interrupted. */
    public Progress(int generatedTokens, int heldTokens) {
        this(generatedTokens, heldTokens, 0);
    }

    /** The same after an interruption at a time. */
    public Progress interruptedAt(long millis) {
        return new Progress(generatedTokens, heldTokens, millis);
    }

    /** Whether its last run was interrupted. */
    public boolean wasInterrupted() {
        return interruptedAtMillis > 0;
    }

    /** Whether it has run at all. */
    public boolean hasStarted() {
        return generatedTokens > 0 || heldTokens > 0;
    }
}

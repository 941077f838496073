package io.sluice.apps.trace;

/**
 * One rejected row.
 *
 * @param line where it is, as in {@link TraceRequest#sourceLine()}
 * @param reason its kind
 * @param detail what exactly was wrong
 */
public record TraceProblem(long line, RejectReason reason, String detail) {

    @Override
    public String toString() {
        return "line " + line + ": " + reason.words() + ": " + detail;
    }
}

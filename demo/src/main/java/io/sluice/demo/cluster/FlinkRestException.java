package io.sluice.demo.cluster;

/**
 * Flink's REST interface gave no answer, or an error. The message names the call and the reason.
 */
public final class FlinkRestException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private static final String CAUSE = "Caused by: ";

    /** Names the call and the reason, and keeps the exception that tells more. */
    public FlinkRestException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Finds the one line that matters in an error page, which holds whole stack traces of the
     * server as JSON strings: the innermost cause.
     */
    static String reasonIn(String page) {
        return innermost(page, "\\n");
    }

    /**
     * The innermost cause of a stack trace, in one line; of those with a message of ours, which say
     * what to do, the innermost of them.
     *
     * @param lineEnd how lines of the trace end
     */
    static String innermost(String trace, String lineEnd) {
        int ours = trace.lastIndexOf(CAUSE + "io.sluice.");
        int cause = ours < 0 ? trace.lastIndexOf(CAUSE) : ours;
        String reason = cause < 0 ? trace : trace.substring(cause + CAUSE.length());
        int end = reason.indexOf(lineEnd);
        return end < 0 ? reason : reason.substring(0, end);
    }

    /** Names the call and the reason. */
    public FlinkRestException(String message) {
        super(message);
    }
}

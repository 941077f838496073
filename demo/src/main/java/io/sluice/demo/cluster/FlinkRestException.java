package io.sluice.demo.cluster;

/**
 * Flink's REST interface gave no answer, or an error. The message names the call and the reason.
 */
public final class FlinkRestException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Names the call and the reason, and keeps the exception that tells more. */
    public FlinkRestException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Finds the one line that matters in an error page, which holds whole stack traces of the
     * server as JSON strings: the innermost cause.
     */
    static String reasonIn(String page) {
        String marker = "Caused by: ";
        int cause = page.lastIndexOf(marker);
        String reason = cause < 0 ? page : page.substring(cause + marker.length());
        int end = reason.indexOf("\\n");
        return end < 0 ? reason : reason.substring(0, end);
    }

    /** Names the call and the reason. */
    public FlinkRestException(String message) {
        super(message);
    }
}

package io.sluice.audit;

/** The topics cannot be read. */
public final class AuditException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong, and what to do. */
    public AuditException(String message) {
        super(message);
    }
}

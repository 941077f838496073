package io.sluice.apps.trace.file;

import io.sluice.apps.trace.RejectReason;

/**
 * A row cannot become a request. Carries no stack trace: it is data about the file, thrown once per
 * bad row.
 */
final class BadRow extends Exception {

    private static final long serialVersionUID = 1L;

    private final RejectReason reason;

    BadRow(RejectReason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    RejectReason reason() {
        return reason;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}

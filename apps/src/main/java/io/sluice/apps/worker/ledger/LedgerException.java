package io.sluice.apps.worker.ledger;

import java.io.IOException;

/** A ledger cannot be used. A worker that cannot write down what it does must not do it. */
public final class LedgerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    LedgerException(String message) {
        super(message);
    }

    LedgerException(String message, IOException cause) {
        super("%s: %s".formatted(message, cause), cause);
    }
}

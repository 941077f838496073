package io.sluice.apps.sla;

/**
 * Something that is wrong.
 *
 * @param kind what kind of thing
 * @param window where
 * @param detail what exactly
 */
record Finding(Kind kind, String window, String detail) {

    /** What can be wrong. */
    enum Kind {
        /** A number differs by more than was promised. */
        DIFFERS,
        /** Requests count in a window that was never published. */
        MISSING,
        /** A published window has requests that the outcomes do not. */
        SURPLUS
    }
}

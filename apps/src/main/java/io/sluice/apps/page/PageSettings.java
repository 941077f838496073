package io.sluice.apps.page;

import io.sluice.apps.page.control.ControlRole;

import org.jspecify.annotations.Nullable;

/**
 * What a page shall be.
 *
 * @param port where it is served; 0 for any that is free
 * @param access on which address, and for whom
 * @param note what people should know of the numbers, shown on the page; may be empty
 * @param control who may give orders on it, or null for nobody
 * @param showPrompts whether it shows the prompts of requests that are searched for
 */
public record PageSettings(
        int port,
        PageAccess access,
        String note,
        @Nullable ControlRole control,
        boolean showPrompts) {

    /** The port unless another is chosen. */
    public static final int USUAL_PORT = 8090;

    /** Checks the port. */
    public PageSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(
                    "the port of the page must be from 0 to 65535, is %d".formatted(port));
        }
    }

    /** A page for everybody on this machine, and for nobody else; it only shows. */
    public PageSettings(int port, String note) {
        this(port, PageAccess.LOOPBACK, note, null, false);
    }
}

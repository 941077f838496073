package io.sluice.apps.page.control;

import io.sluice.apps.page.access.Secret;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The role that may give orders: whoever knows its token, which is not that of the page.
 *
 * @param secret its token
 * @param audit takes a line about each order that was given or refused, and each wrong token
 */
public record ControlRole(Secret secret, Consumer<String> audit) {

    /**
     * The role with the token of a file.
     *
     * @param viewing the token that shows the page, if there is one
     * @throws IllegalArgumentException if the file has no sound token, or that of the page
     */
    public static ControlRole of(Path file, @Nullable Secret viewing, Consumer<String> audit) {
        Secret secret = Secret.read("--control-token-file", file);
        if (viewing != null && secret.isSameAs(viewing)) {
            throw new IllegalArgumentException(
                    "--control-token-file and --token-file hold the same token; whoever may look could give orders, so make another one");
        }
        return new ControlRole(secret, audit);
    }
}

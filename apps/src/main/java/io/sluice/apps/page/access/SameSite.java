package io.sluice.apps.page.access;

import org.jspecify.annotations.Nullable;

import java.net.URI;

/** Tells what the page itself sent from what a page of another site made a browser send. */
public final class SameSite {

    private SameSite() {}

    /**
     * Every browser names the origin of what is posted. A program that posts names none, and has to
     * know the token as anybody.
     */
    public static boolean isFrom(@Nullable String origin, @Nullable String host) {
        if (origin == null) {
            return true;
        }
        try {
            return host != null && host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }
}

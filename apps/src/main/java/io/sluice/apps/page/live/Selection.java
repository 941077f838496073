package io.sluice.apps.page.live;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * What somebody wants to look at. Of tenant, model and instance a part of the name is enough,
 * whatever its case; of the class it is the whole name. Empty: all.
 *
 * @param tenant part of the tenant's name
 * @param band name of the class
 * @param model part of the model's name
 * @param instance part of the instance's id
 */
public record Selection(String tenant, String band, String model, String instance) {

    /** Everything. */
    public static final Selection ALL = new Selection("", "", "", "");

    /** Longest text that is looked for; what is longer is cut. */
    private static final int LONGEST = 512;

    /** Makes the parts comparable. */
    public Selection {
        tenant = plain(tenant);
        band = plain(band);
        model = plain(model);
        instance = plain(instance);
    }

    private static String plain(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return cut.strip().toLowerCase(Locale.ROOT);
    }

    boolean isTenant(@Nullable String name) {
        return holds(name, tenant);
    }

    boolean isModel(@Nullable String name) {
        return holds(name, model);
    }

    boolean isInstance(@Nullable String name) {
        return holds(name, instance);
    }

    /** A thing without a name of that kind is about all of them. */
    private static boolean holds(@Nullable String name, String part) {
        return part.isEmpty() || name == null || name.toLowerCase(Locale.ROOT).contains(part);
    }

    boolean isBand(@Nullable String name) {
        return band.isEmpty() || name == null || name.equalsIgnoreCase(band);
    }
}

package io.sluice.core.catalog;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A policy that may be named.
 *
 * @param name its name
 * @param aliases other names for it
 * @param parameters what may be set
 * @param maker makes the policy from what was set
 * @param <P> kind of policy
 */
public record CatalogEntry<P>(
        String name,
        List<String> aliases,
        List<Parameter<?>> parameters,
        Function<Arguments, P> maker) {

    /** Copies the lists. */
    public CatalogEntry {
        aliases = List.copyOf(aliases);
        parameters = List.copyOf(parameters);
    }

    /** A policy without parameters. */
    public static <P> CatalogEntry<P> plain(String name, Supplier<? extends P> maker) {
        return new CatalogEntry<>(name, List.of(), List.of(), arguments -> maker.get());
    }

    /** A policy with parameters. */
    public static <P> CatalogEntry<P> of(
            String name, List<Parameter<?>> parameters, Function<Arguments, P> maker) {
        return new CatalogEntry<>(name, List.of(), parameters, maker);
    }

    /** The same policy, also known by another name. */
    public CatalogEntry<P> alias(String other) {
        return new CatalogEntry<>(name, List.of(other), parameters, maker);
    }

    /** Whether it has a parameter of that name. */
    public boolean takes(String parameter) {
        return parameters.stream().anyMatch(p -> p.name().equals(parameter));
    }
}

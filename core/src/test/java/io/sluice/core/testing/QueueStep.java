package io.sluice.core.testing;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

import java.util.List;

/**
 * One thing that happens to a queue in a property.
 *
 * @param kind what happens
 * @param number picks a request, or its traits
 * @param size picks more of its traits
 */
public record QueueStep<K>(K kind, int number, int size) {

    private static final int FEWEST = 5;
    private static final int MOST_TRAITS = 999;

    /** Sequences of at most so many, of kinds that are as frequent as given. */
    public static <K> Arbitrary<List<QueueStep<K>>> sequences(Arbitrary<K> kinds, int most) {
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, MOST_TRAITS),
                        Arbitraries.integers().between(0, MOST_TRAITS))
                .as(QueueStep<K>::new)
                .list()
                .ofMinSize(FEWEST)
                .ofMaxSize(most);
    }
}

package io.sluice.core.prefix;

import io.sluice.core.model.BlockHashes;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.model.RequestKey;
import io.sluice.core.policy.QueuedRequest;
import io.sluice.core.policy.SortKey;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The tree against lists that are searched from end to end. */
final class PrefixTreeTest {

    private static final String SEED = "17";
    private static final int BLOCK = 16;

    /** One thing that happens. {@code path} is a prompt of few distinct blocks. */
    private record Step(Kind kind, List<Long> path, int number) {
        enum Kind {
            ADD,
            REMOVE,
            CACHE,
            CAPACITY,
            CLEAR,
            RESTORE
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Step.Kind> kinds =
                Arbitraries.frequencyOf(
                        Tuple.of(8, Arbitraries.just(Step.Kind.ADD)),
                        Tuple.of(4, Arbitraries.just(Step.Kind.REMOVE)),
                        Tuple.of(6, Arbitraries.just(Step.Kind.CACHE)),
                        Tuple.of(1, Arbitraries.of(Step.Kind.values())));
        Arbitrary<List<Long>> paths = Arbitraries.longs().between(0, 2).list().ofMaxSize(6);
        return Combinators.combine(kinds, paths, Arbitraries.integers().between(0, 999))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(80);
    }

    @Property(tries = 3_000, seed = SEED)
    void matchesAndTheBestAreThoseOfTheLists(@ForAll("steps") List<Step> steps) {
        Naive naive = new Naive();
        PrefixTree tree = new PrefixTree();
        for (Step step : steps) {
            tree = take(step, tree, naive);
            assertThat(tree.cachedTokens()).isEqualTo((long) BLOCK * naive.lastUse.size());
            assertThat(tree.match(hashes(step.path()))).isEqualTo(BLOCK * naive.match(step.path()));
            assertThat(tree.best()).isEqualTo(naive.best());
        }
    }

    private static PrefixTree take(Step step, PrefixTree tree, Naive naive) {
        switch (step.kind()) {
            case ADD -> {
                QueuedRequest queued = queued(naive.made++, step.number());
                naive.waiting.put(queued, step.path());
                tree.add(queued, hashes(step.path()));
            }
            case REMOVE -> {
                if (!naive.waiting.isEmpty()) {
                    List<QueuedRequest> all = new ArrayList<>(naive.waiting.keySet());
                    all.sort(Comparator.comparing(QueuedRequest::place));
                    QueuedRequest removed = all.get(step.number() % all.size());
                    tree.remove(removed, hashes(naive.waiting.remove(removed)));
                }
            }
            case CACHE -> {
                naive.cache(step.path());
                tree.cache(hashes(step.path()));
            }
            case CAPACITY -> {
                naive.capacity = step.number() % 20;
                tree.capacity((long) BLOCK * naive.capacity);
            }
            case CLEAR -> {
                naive.lastUse.clear();
                tree.clearCache();
            }
            case RESTORE -> {
                return restored(tree, naive);
            }
        }
        return tree;
    }

    private static PrefixTree restored(PrefixTree tree, Naive naive) {
        PrefixTree other = new PrefixTree();
        other.restore(tree.cached());
        other.capacity((long) BLOCK * naive.capacity);
        assertThat(other.cached()).isEqualTo(tree.cached());
        naive.waiting.forEach((queued, path) -> other.add(queued, hashes(path)));
        return other;
    }

    private static QueuedRequest queued(int number, int arrival) {
        RequestKey key = new RequestKey("tenant", "r" + number);
        return new QueuedRequest(
                new SortKey(0, 0, arrival % 50, key), Long.MAX_VALUE, 1, 1, 1, 1, PriorityBand.P4);
    }

    private static BlockHashes hashes(List<Long> path) {
        return new BlockHashes(BLOCK, path.stream().mapToLong(Long::longValue).toArray());
    }

    @Test
    void blocksOfAnotherSizeAreOtherBlocks() {
        PrefixTree tree = new PrefixTree();
        tree.cache(new BlockHashes(16, new long[] {1, 2}));

        assertThat(tree.match(new BlockHashes(16, new long[] {1, 2, 3}))).isEqualTo(32);
        assertThat(tree.match(new BlockHashes(32, new long[] {1, 2, 3}))).isZero();
    }

    @Test
    void thePromptItselfAlwaysHasRoom() {
        PrefixTree tree = new PrefixTree();
        tree.capacity(0);
        tree.cache(new BlockHashes(16, new long[] {1, 2}));
        assertThat(tree.cachedTokens()).isEqualTo(32);

        tree.cache(new BlockHashes(16, new long[] {1, 3, 4}));
        assertThat(tree.match(new BlockHashes(16, new long[] {1, 2}))).isEqualTo(16);
        assertThat(tree.match(new BlockHashes(16, new long[] {1, 3, 4}))).isEqualTo(48);
    }

    /** Everything the tree keeps in shape, as lists. */
    private static final class Naive {

        final Map<QueuedRequest, List<Long>> waiting = new HashMap<>();
        final Map<List<Long>, Integer> lastUse = new HashMap<>();
        long capacity = 1_000_000;
        int made;
        private int uses;

        void cache(List<Long> path) {
            uses++;
            for (int length = 1; length <= path.size(); length++) {
                lastUse.put(List.copyOf(path.subList(0, length)), uses);
            }
            forgetDownTo(Math.max(capacity, path.size()));
        }

        /** The longest of those used longest ago goes first. */
        void forgetDownTo(long blocks) {
            while (lastUse.size() > blocks) {
                List<Long> oldest =
                        lastUse.keySet().stream()
                                .min(
                                        Comparator.<List<Long>>comparingInt(lastUse::get)
                                                .thenComparing(
                                                        List::size, Comparator.reverseOrder()))
                                .orElseThrow();
                lastUse.remove(oldest);
            }
        }

        long match(List<Long> path) {
            int length = 0;
            while (length < path.size() && lastUse.containsKey(path.subList(0, length + 1))) {
                length++;
            }
            return length;
        }

        QueuedRequest best() {
            return waiting.keySet().stream()
                    .filter(queued -> match(waiting.get(queued)) > 0)
                    .min(
                            Comparator.<QueuedRequest>comparingLong(
                                            queued -> -match(waiting.get(queued)))
                                    .thenComparing(QueuedRequest::place))
                    .orElse(null);
        }
    }
}

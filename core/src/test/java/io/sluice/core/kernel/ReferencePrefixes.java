package io.sluice.core.kernel;

import io.sluice.core.model.BlockHashes;
import io.sluice.core.model.PendingRequest;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Who goes next by shared prefix, from lists that are searched from end to end. */
final class ReferencePrefixes {

    private static final int BLOCK = 100;
    private static final int MOST_BLOCKS = 6;

    private final Map<List<Long>, Integer> lastUse = new HashMap<>();
    private final int period;
    private final long capacityTokens;
    private final double overtakeMillis;
    private int step;

    ReferencePrefixes(String specification, long instanceTokens) {
        boolean periodic = specification.startsWith("k-lpm");
        int chosen = specification.contains("k=3") ? 3 : specification.contains("k=1") ? 1 : 2;
        period = periodic ? chosen : Integer.MAX_VALUE;
        capacityTokens = specification.contains("one-query") ? 0 : instanceTokens;
        overtakeMillis = specification.contains("max-overtake") ? 2_000 : Double.POSITIVE_INFINITY;
    }

    /** Up to six blocks: one common to all, some of one of three users, perhaps one of its own. */
    static BlockHashes hashes(int traits, int sizes) {
        int blocks = sizes % (MOST_BLOCKS + 1);
        long user = traits % 3;
        long own = traits % 2 == 0 ? 1_000 + traits : 0;
        long[] hashes =
                IntStream.range(0, blocks)
                        .mapToLong(
                                block ->
                                        block == 0 ? 7 : 100 * user + block + (block > 2 ? own : 0))
                        .toArray();
        return blocks == 0 ? BlockHashes.NONE : new BlockHashes(BLOCK, hashes);
    }

    /** Index of the request that goes next. */
    int next(List<PendingRequest> waiting) {
        Comparator<Integer> byAge =
                Comparator.<Integer>comparingLong(i -> waiting.get(i).submittedAtMillis())
                        .thenComparing(i -> waiting.get(i).key().requestId());
        List<Integer> all = IntStream.range(0, waiting.size()).boxed().toList();
        int oldest = all.stream().min(byAge).orElseThrow();
        boolean turnOfTheOldest = period < Integer.MAX_VALUE && step % period == 0;
        if (turnOfTheOldest) {
            return oldest;
        }
        int best =
                all.stream()
                        .filter(i -> match(waiting.get(i)) > 0)
                        .min(
                                Comparator.<Integer>comparingLong(i -> -match(waiting.get(i)))
                                        .thenComparing(byAge))
                        .orElse(oldest);
        long ahead =
                waiting.get(best).submittedAtMillis() - waiting.get(oldest).submittedAtMillis();
        return ahead > overtakeMillis ? oldest : best;
    }

    private long match(PendingRequest request) {
        List<Long> path = path(request);
        int length = 0;
        while (length < path.size() && lastUse.containsKey(path.subList(0, length + 1))) {
            length++;
        }
        return length;
    }

    private static List<Long> path(PendingRequest request) {
        return LongStream.of(request.passengers().hashes().hashes()).boxed().toList();
    }

    void sent(PendingRequest request) {
        step++;
        List<Long> path = path(request);
        for (int length = 1; length <= path.size(); length++) {
            lastUse.put(path.subList(0, length), step);
        }
        while (lastUse.size() * BLOCK > Math.max(capacityTokens, path.size() * BLOCK)) {
            lastUse.remove(
                    lastUse.keySet().stream()
                            .min(
                                    Comparator.<List<Long>>comparingInt(lastUse::get)
                                            .thenComparing(List::size, Comparator.reverseOrder()))
                            .orElseThrow());
        }
    }
}

package io.sluice.sim.workload;

import io.sluice.sim.engine.PromptBlocks;
import io.sluice.sim.random.PythonRandom;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Queries whose prompts form a tree of height two: an optional start common to all, then a user's
 * own part, which all queries of the user share, then a document that no other query has. The
 * "regular arrival, shuffled queue" model of k-LPM (arXiv 2502.04677) with Poisson arrivals; each
 * answer is one token. A query's session is its user.
 *
 * <p>From one {@link PythonRandom} come first the order of the users and then the gaps; the first
 * query arrives at once. So the reference figures of the model, drawn in Python, come out for their
 * seeds.
 *
 * <p>Content is given in blocks of the largest size that divides all parts, so parts of lengths
 * without a common divisor make long lists.
 */
public final class PrefixTreeWorkload implements Workload {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final long BASE = -1;

    private final PrefixTreeSettings settings;

    /** A workload with settings. */
    public PrefixTreeWorkload(PrefixTreeSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "k-lpm";
    }

    @Override
    public Iterator<SimulatedRequest> requests(long seed) {
        return new Stream(seed);
    }

    private final class Stream implements Iterator<SimulatedRequest> {
        private final PythonRandom random;
        private final int[] users;
        private double seconds;
        private int next;

        Stream(long seed) {
            random = new PythonRandom(seed);
            users = new int[settings.users() * settings.repeats()];
            Arrays.setAll(users, i -> i / settings.repeats());
            random.shuffle(users);
        }

        @Override
        public boolean hasNext() {
            return next < users.length;
        }

        @Override
        public SimulatedRequest next() {
            if (!hasNext()) {
                throw new NoSuchElementException("all " + next + " requests are drawn");
            }
            int index = next++;
            long arrivalNanos = Math.round(seconds * NANOS_PER_SECOND);
            seconds += random.exponential(settings.requestsPerSecond());
            return SimulatedRequest.of(index, arrivalNanos, settings.prompt().tokens(), 1)
                    .withContent(content(index), "user-" + users[index]);
        }

        private PromptBlocks content(int index) {
            PrefixTreeSettings.Prompt prompt = settings.prompt();
            int blockTokens = prompt.blockTokens();
            long[] ids = new long[prompt.tokens() / blockTokens];
            int userFrom = prompt.baseTokens() / blockTokens;
            int documentFrom = userFrom + prompt.userTokens() / blockTokens;
            long before = 0;
            for (int i = 0; i < ids.length; i++) {
                // Documents are numbered after the users, so that no number names two texts.
                long own = i < documentFrom ? users[index] : (long) settings.users() + index;
                before = chained(before, i < userFrom ? BASE : own);
                ids[i] = before;
            }
            return PromptBlocks.of(blockTokens, ids);
        }
    }

    /** An id for a block of a text, and everything before it. */
    private static long chained(long before, long text) {
        long x = before * 0x9E37_79B9_7F4A_7C15L + text + 1;
        x = (x ^ (x >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return x ^ (x >>> 31);
    }
}

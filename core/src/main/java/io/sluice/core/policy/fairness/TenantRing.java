package io.sluice.core.policy.fairness;

import org.jspecify.annotations.Nullable;

import java.util.SplittableRandom;
import java.util.function.ObjDoubleConsumer;

/**
 * Tenants that wait in the same classes, in the order of their names, and how many visits each
 * still needs until it can pay for the first of its requests in a class. A visit to many of them is
 * one operation: it is noted above them and handed down when somebody looks.
 *
 * <p>A treap: a search tree by name that random ranks keep shallow (Seidel and Aragon, Algorithmica
 * 1996). Everything but a walk through all costs O(log n) for n tenants.
 */
final class TenantRing {

    private static final long SEED = 7;

    /** Names after {@code after} up to {@code upTo}, both taken in; null for no bound. */
    record Stretch(@Nullable String after, @Nullable String upTo) {

        boolean startsBefore(String name) {
            return after == null || after.compareTo(name) < 0;
        }

        boolean reaches(String name) {
            return upTo == null || name.compareTo(upTo) <= 0;
        }
    }

    private static final class Node {
        final DeficitAccount account;
        final int rank;
        final double[] due;
        final double[] least;
        @Nullable Node low;
        @Nullable Node high;
        double visits;
        double toHandDown;

        Node(DeficitAccount account, int rank) {
            this.account = account;
            this.rank = rank;
            this.due = account.due();
            this.least = due.clone();
        }

        double visitsNeeded(int band) {
            return due[band] - visits;
        }

        void visit(double more) {
            visits += more;
            toHandDown += more;
            for (int band = 0; band < least.length; band++) {
                least[band] -= more;
            }
        }

        void handDown() {
            if (toHandDown != 0) {
                visitAll(low, toHandDown);
                visitAll(high, toHandDown);
                toHandDown = 0;
            }
        }

        Node summed() {
            for (int band = 0; band < least.length; band++) {
                double below = Math.min(least(low, band), least(high, band));
                least[band] = Math.min(visitsNeeded(band), below);
            }
            return this;
        }
    }

    /** A tree cut in two by a name. */
    private record Halves(@Nullable Node low, @Nullable Node high) {}

    private final SplittableRandom ranks = new SplittableRandom(SEED);
    private @Nullable Node root;

    boolean isEmpty() {
        return root == null;
    }

    /** Takes a tenant in that is not there. */
    void add(DeficitAccount account) {
        Halves halves = cut(root, account.tenant());
        root = join(join(halves.low(), new Node(account, ranks.nextInt())), halves.high());
    }

    /** Takes a tenant out, with what it was granted by the visits. */
    void remove(DeficitAccount account) {
        root = without(root, account);
    }

    private static @Nullable Node without(@Nullable Node node, DeficitAccount account) {
        if (node == null) {
            throw new IllegalStateException("tenant %s is not here".formatted(account.tenant()));
        }
        node.handDown();
        int order = account.tenant().compareTo(node.account.tenant());
        if (order == 0) {
            account.grant(node.visits);
            return join(node.low, node.high);
        }
        if (order < 0) {
            node.low = without(node.low, account);
        } else {
            node.high = without(node.high, account);
        }
        return node.summed();
    }

    /** Visits all of them. */
    void visit(double visits) {
        visitAll(root, visits);
    }

    /** Visits those of a stretch. */
    void visit(Stretch stretch, double visits) {
        Halves upper = stretch.upTo() == null ? new Halves(root, null) : cut(root, stretch.upTo());
        Halves lower =
                stretch.after() == null
                        ? new Halves(null, upper.low())
                        : cut(upper.low(), stretch.after());
        visitAll(lower.high(), visits);
        root = join(join(lower.low(), lower.high()), upper.high());
    }

    /** The visits that one that is here needs to pay in a class; infinite if it waits in others. */
    double visitsNeeded(String tenant, int band) {
        Node node = root;
        while (node != null) {
            node.handDown();
            int order = tenant.compareTo(node.account.tenant());
            if (order == 0) {
                return node.visitsNeeded(band);
            }
            node = order < 0 ? node.low : node.high;
        }
        throw new IllegalStateException("tenant %s is not here".formatted(tenant));
    }

    /** The fewest visits that one of them needs to pay in a class; infinite if none waits there. */
    double least(int band) {
        return least(root, band);
    }

    /** The first by name of a stretch that needs at most so many visits in a class, or null. */
    @Nullable String first(int band, double mostVisits, Stretch stretch) {
        return first(root, band, mostVisits, stretch);
    }

    private static @Nullable String first(
            @Nullable Node node, int band, double mostVisits, Stretch stretch) {
        if (node == null || node.least[band] > mostVisits) {
            return null;
        }
        node.handDown();
        String name = node.account.tenant();
        if (stretch.startsBefore(name)) {
            String lower = first(node.low, band, mostVisits, stretch);
            if (lower != null) {
                return lower;
            }
            if (stretch.reaches(name) && node.visitsNeeded(band) <= mostVisits) {
                return name;
            }
        }
        return stretch.reaches(name) ? first(node.high, band, mostVisits, stretch) : null;
    }

    /** Walks through all, by name, with the visits that each has had since it was taken in. */
    void forEach(ObjDoubleConsumer<DeficitAccount> action) {
        forEach(root, action);
    }

    private static void forEach(@Nullable Node node, ObjDoubleConsumer<DeficitAccount> action) {
        if (node != null) {
            node.handDown();
            forEach(node.low, action);
            action.accept(node.account, node.visits);
            forEach(node.high, action);
        }
    }

    private static void visitAll(@Nullable Node node, double visits) {
        if (node != null) {
            node.visit(visits);
        }
    }

    private static double least(@Nullable Node node, int band) {
        return node == null ? Double.POSITIVE_INFINITY : node.least[band];
    }

    /** Cuts behind a name: what is equal to it goes into the lower half. */
    private static Halves cut(@Nullable Node node, String name) {
        if (node == null) {
            return new Halves(null, null);
        }
        node.handDown();
        if (node.account.tenant().compareTo(name) <= 0) {
            Halves halves = cut(node.high, name);
            node.high = halves.low();
            return new Halves(node.summed(), halves.high());
        }
        Halves halves = cut(node.low, name);
        node.low = halves.high();
        return new Halves(halves.low(), node.summed());
    }

    /** All names of the lower tree come before those of the higher. */
    private static @Nullable Node join(@Nullable Node low, @Nullable Node high) {
        if (low == null || high == null) {
            return low == null ? high : low;
        }
        if (low.rank >= high.rank) {
            low.handDown();
            low.high = join(low.high, high);
            return low.summed();
        }
        high.handDown();
        high.low = join(low, high.low);
        return high.summed();
    }
}

package io.sluice.core.policy;

import io.sluice.core.catalog.Arguments;
import io.sluice.core.catalog.Catalog;
import io.sluice.core.catalog.CatalogEntry;
import io.sluice.core.catalog.Parameter;
import io.sluice.core.policy.ordering.Ageing;
import io.sluice.core.policy.ordering.CriticalPath;
import io.sluice.core.policy.ordering.EarliestDeadlineFirst;
import io.sluice.core.policy.ordering.Fcfs;
import io.sluice.core.policy.ordering.LearningToRank;
import io.sluice.core.policy.ordering.LeastSlackFirst;
import io.sluice.core.policy.ordering.LengthClasses;
import io.sluice.core.policy.ordering.LongestPrefixMatch;
import io.sluice.core.policy.ordering.MooreHodgson;
import io.sluice.core.policy.ordering.MultiLevelFeedback;
import io.sluice.core.policy.ordering.PrefixSettings;
import io.sluice.core.policy.ordering.Semantic;
import io.sluice.core.policy.ordering.ShortestJobFirst;
import io.sluice.core.policy.ordering.StrictPriority;

import java.util.List;
import java.util.function.Supplier;

/** The orders of a lane's queue that a deployer may name. */
final class OrderingCatalog {

    private static final Parameter<Double> MAX_OVERTAKE =
            Parameter.timeOrNone(
                    "max-overtake",
                    Parameter.NONE,
                    "nothing that was submitted so much later goes ahead of a request");

    private static final Parameter<Long> THRESHOLD =
            Parameter.count(
                            "threshold",
                            0,
                            "200",
                            "steps of waiting after which a request goes before all others; 0 or none for never")
                    .or(Parameter.NONE, 0L);

    private static final Parameter<Long> QUANTUM =
            Parameter.count("quantum", 1, "10", "steps for which it keeps that place once it runs");

    private static final Parameter<Double> BASE =
            Parameter.time("base", "30ms", "service that a request receives on level 0");

    private static final Parameter<Double> GROWTH =
            Parameter.positive("growth", "10", "how many times as much it is on the next level");

    private static final Parameter<Long> LEVELS =
            Parameter.count("levels", 2, "8", "levels; the last has no end");

    private static final Parameter<Double> STARVATION =
            Parameter.timeOrNone(
                    "starvation", "3s", "wait after which a request is back on level 0");

    private static final Parameter<Long> BUCKETS =
            Parameter.count("buckets", 1, "10", "classes of length");

    private static final Parameter<Long> WIDTH =
            Parameter.count("width", 1, "820", "output tokens to a class");

    private static final Parameter<Long> HORIZON =
            Parameter.count(
                    "horizon", 1, "1000", "requests that are planned, those that are due first");

    private static final Parameter<Long> K =
            Parameter.count("k", 1, "2", "every k-th request sent is the oldest")
                    .or("infinity", PrefixSettings.NEVER);

    private static final Parameter<String> TIE =
            Parameter.choice(
                    "tie",
                    List.of("arrival", "random"),
                    "arrival",
                    "who goes when nothing waits that would reuse anything");

    private static final Parameter<Long> SEED =
            Parameter.count("seed", 0, "0", "of the draw when ties are random");

    private static final Parameter<Long> CACHE =
            Parameter.count("cache", 1, "1", "tokens that an instance is taken to have cached")
                    .or("instance", PrefixSettings.OF_INSTANCE)
                    .or("one-query", 0L)
                    .withDefault("instance");

    static final Catalog<OrderingPolicy> ALL =
            new Catalog<>(
                    "ordering policy",
                    List.of(
                            aged("fcfs", Fcfs::new),
                            aged("sjf", ShortestJobFirst::new).alias("srtf"),
                            aged("priority", StrictPriority::new).alias("pjf"),
                            aged("semantic", Semantic::new),
                            aged("critical-path", CriticalPath::new),
                            aged("edf", EarliestDeadlineFirst::new),
                            aged("least-slack", LeastSlackFirst::new),
                            CatalogEntry.of(
                                    "moore-hodgson",
                                    List.of(HORIZON),
                                    set -> new MooreHodgson(set.get(HORIZON).intValue())),
                            CatalogEntry.of(
                                    "ltr",
                                    List.of(THRESHOLD, QUANTUM),
                                    set ->
                                            new LearningToRank(
                                                    set.get(THRESHOLD), set.get(QUANTUM))),
                            CatalogEntry.of(
                                    "lpm",
                                    List.of(TIE, SEED, CACHE, MAX_OVERTAKE),
                                    set -> prefix("lpm", PrefixSettings.NEVER, set)),
                            CatalogEntry.of(
                                    "k-lpm",
                                    List.of(K, TIE, SEED, CACHE, MAX_OVERTAKE),
                                    set -> prefix("k-lpm", set.get(K), set)),
                            CatalogEntry.of(
                                    "mlfq",
                                    List.of(BASE, GROWTH, LEVELS, STARVATION),
                                    OrderingCatalog::mlfq),
                            CatalogEntry.of(
                                    "classification",
                                    List.of(BUCKETS, WIDTH, MAX_OVERTAKE),
                                    set ->
                                            aged(
                                                    new LengthClasses(
                                                            set.get(BUCKETS).intValue(),
                                                            set.get(WIDTH).intValue()),
                                                    set))));

    private OrderingCatalog() {}

    private static CatalogEntry<OrderingPolicy> aged(String name, Supplier<OrderingPolicy> maker) {
        return CatalogEntry.of(
                name, List.of(MAX_OVERTAKE), arguments -> aged(maker.get(), arguments));
    }

    private static OrderingPolicy aged(OrderingPolicy base, Arguments arguments) {
        double millis = arguments.get(MAX_OVERTAKE);
        return Double.isInfinite(millis) ? base : new Ageing(base, millis);
    }

    private static OrderingPolicy prefix(String name, long period, Arguments arguments) {
        return new LongestPrefixMatch(
                name,
                new PrefixSettings(
                        period,
                        arguments.get(TIE).equals("random"),
                        arguments.get(SEED),
                        arguments.get(CACHE),
                        arguments.get(MAX_OVERTAKE)));
    }

    private static OrderingPolicy mlfq(Arguments arguments) {
        return new MultiLevelFeedback(
                arguments.get(BASE),
                arguments.get(GROWTH),
                arguments.get(LEVELS).intValue(),
                arguments.get(STARVATION));
    }
}

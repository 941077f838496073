package io.sluice.core.policy;

import io.sluice.core.catalog.Arguments;
import io.sluice.core.catalog.Catalog;
import io.sluice.core.catalog.CatalogEntry;
import io.sluice.core.catalog.Parameter;
import io.sluice.core.policy.admission.BandLimits;
import io.sluice.core.policy.admission.BandNumbers;
import io.sluice.core.policy.admission.DeadlineAhead;
import io.sluice.core.policy.admission.FinishesInTime;
import io.sluice.core.policy.admission.FitsInstance;
import io.sluice.core.policy.admission.TenantLimit;
import io.sluice.core.policy.fairness.DeficitRoundRobin;
import io.sluice.core.policy.fairness.NoFairness;
import io.sluice.core.policy.fairness.TenantWeights;
import io.sluice.core.policy.fairness.VirtualTokenCounter;
import io.sluice.core.policy.preemption.AlwaysPreempt;
import io.sluice.core.policy.preemption.NeverPreempt;
import io.sluice.core.policy.preemption.TotalWait;
import io.sluice.core.prediction.SafetyMargin;

import java.util.List;

/** The policies of a lane that a deployer may name, kind by kind. */
public final class PolicyCatalog {

    private static final Parameter<String> REJECT_EARLY =
            Parameter.choice(
                    "reject-early",
                    List.of("no", "yes"),
                    "no",
                    "whether a request is refused that would miss its deadline even if it started at once");

    private static final Parameter<String> MAX_REQUESTS =
            bandNumbers("max-requests", "100000", "requests that each class of a lane may hold");

    private static final Parameter<String> MAX_TOKENS =
            bandNumbers("max-tokens", "1000000000", "tokens that each class of a lane may hold");

    private static final Parameter<Long> TENANT_REQUESTS =
            Parameter.count(
                    "tenant-requests",
                    0,
                    "1000000000",
                    "requests of each tenant that a lane may hold, of all classes together");

    private static final Parameter<Double> QUANTILE =
            Parameter.number(
                    "quantile",
                    0,
                    1,
                    "0.9",
                    "how likely it must be that a request meets its deadline");

    private static final Parameter<Double> SIGMA =
            Parameter.number(
                    "sigma",
                    0,
                    5,
                    "0.3",
                    "standard deviation of the logarithm of true by predicted service time");

    private static final Catalog<AdmissionPolicy> ADMISSIONS =
            new Catalog<>(
                    "admission policy",
                    List.of(
                            CatalogEntry.plain("fits", FitsInstance::new),
                            CatalogEntry.of(
                                    "limits",
                                    List.of(
                                            REJECT_EARLY,
                                            MAX_REQUESTS,
                                            MAX_TOKENS,
                                            TENANT_REQUESTS),
                                    PolicyCatalog::limits),
                            CatalogEntry.of(
                                    "deadline",
                                    List.of(
                                            QUANTILE,
                                            SIGMA,
                                            MAX_REQUESTS,
                                            MAX_TOKENS,
                                            TENANT_REQUESTS),
                                    PolicyCatalog::inTime)));

    private static final Parameter<TenantWeights> WEIGHTS =
            new Parameter<>(
                    "weights",
                    "TENANT=WEIGHT/...",
                    "",
                    "shares of tenants; those that are not named have 1",
                    text -> text.isEmpty() ? TenantWeights.EQUAL : TenantWeights.parse(text));

    private static final Parameter<String> SCOPE =
            Parameter.choice(
                    "scope",
                    List.of("class", "all"),
                    "class",
                    "whether, under an order by classes, tenants are equal within a class only");

    private static final Parameter<Double> INPUT_WEIGHT =
            Parameter.positive("input-weight", "1", "what a prompt token counts");

    private static final Parameter<Double> OUTPUT_WEIGHT =
            Parameter.positive("output-weight", "2", "what an output token counts");

    private static final Parameter<Long> TURN =
            Parameter.count("quantum", 1, "1000", "tokens that a tenant may spend at a turn");

    private static final Catalog<FairnessPolicy> FAIRNESS =
            new Catalog<>(
                    "fairness policy",
                    List.of(
                            CatalogEntry.plain("none", NoFairness::new),
                            CatalogEntry.of(
                                    "vtc",
                                    List.of(INPUT_WEIGHT, OUTPUT_WEIGHT, WEIGHTS, SCOPE),
                                    PolicyCatalog::counter),
                            CatalogEntry.of(
                                    "drr",
                                    List.of(TURN, WEIGHTS, SCOPE),
                                    PolicyCatalog::roundRobin)));

    private static final Parameter<Double> STOP =
            Parameter.time(
                    "stop", "0ms", "time between the decision and the start of the other run");

    private static final Catalog<PreemptionPolicy> PREEMPTIONS =
            new Catalog<>(
                    "preemption policy",
                    List.of(
                            CatalogEntry.plain("never", NeverPreempt::new),
                            CatalogEntry.plain("always", AlwaysPreempt::new),
                            CatalogEntry.of(
                                    "total-wait",
                                    List.of(STOP),
                                    arguments -> new TotalWait(arguments.get(STOP)))));

    private static final Parameter<String> LOOK_AHEAD =
            Parameter.choice(
                    "look-ahead",
                    List.of("auto", Parameter.NONE),
                    "auto",
                    "whether a few more are sent than run at once, so that no freed place stays empty");

    private static final String INSTANCE = "instance";

    private static final Parameter<Long> SIZE =
            Parameter.count("size", 1, "1", "most requests of a group")
                    .or(INSTANCE, BatchFormation.Closed.OF_INSTANCE)
                    .withDefault(INSTANCE);

    private static final Parameter<Long> TOKENS =
            Parameter.count("tokens", 1, "1", "most tokens of a group, prompts and outputs")
                    .or(INSTANCE, BatchFormation.Closed.OF_INSTANCE)
                    .withDefault(INSTANCE);

    private static final Parameter<Double> WAIT =
            Parameter.time(
                    "wait",
                    "500ms",
                    "time since its submission for which a request waits for others to join");

    private static final Catalog<BatchFormation> BATCHINGS =
            new Catalog<>(
                    "batching policy",
                    List.of(
                            CatalogEntry.of(
                                    "continuous",
                                    List.of(LOOK_AHEAD),
                                    arguments ->
                                            new BatchFormation.Continuous(
                                                    arguments.get(LOOK_AHEAD).equals("auto"))),
                            CatalogEntry.of(
                                    "closed",
                                    List.of(SIZE, TOKENS, WAIT),
                                    arguments ->
                                            new BatchFormation.Closed(
                                                    arguments.get(SIZE),
                                                    arguments.get(TOKENS),
                                                    arguments.get(WAIT)))));

    private PolicyCatalog() {}

    /** Who goes first in a lane. */
    public static Catalog<OrderingPolicy> orderings() {
        return OrderingCatalog.ALL;
    }

    /** Whose turn it is among tenants. */
    public static Catalog<FairnessPolicy> fairness() {
        return FAIRNESS;
    }

    /** Who is let in. */
    public static Catalog<AdmissionPolicy> admissions() {
        return ADMISSIONS;
    }

    /** When a run is interrupted for another. */
    public static Catalog<PreemptionPolicy> preemptions() {
        return PREEMPTIONS;
    }

    /** When what waits is sent. */
    public static Catalog<BatchFormation> batchings() {
        return BATCHINGS;
    }

    /** Names of all ordering policies, sorted. */
    public static List<String> orderingNames() {
        return OrderingCatalog.ALL.names();
    }

    /**
     * Makes the ordering policy that a specification names.
     *
     * @param specification such as {@code semantic} or {@code semantic:max-overtake=30s}
     * @throws IllegalArgumentException naming the choices, if the name, a parameter or a value is
     *     unknown
     */
    public static OrderingPolicy ordering(String specification) {
        return OrderingCatalog.ALL.make(specification);
    }

    /** Parameters are separated by commas, so the numbers of classes are by slashes. */
    private static Parameter<String> bandNumbers(String name, String byDefault, String meaning) {
        return new Parameter<>(
                name,
                "a whole number, or one for each class as in P0=9/shed=1/*=5",
                byDefault,
                meaning,
                text -> {
                    String numbers = text.replace('/', ',');
                    BandNumbers.parse(numbers);
                    return numbers;
                });
    }

    private static FairnessPolicy counter(Arguments arguments) {
        return new VirtualTokenCounter(
                arguments.get(INPUT_WEIGHT),
                arguments.get(OUTPUT_WEIGHT),
                arguments.get(WEIGHTS),
                arguments.get(SCOPE).equals("class"));
    }

    private static FairnessPolicy roundRobin(Arguments arguments) {
        return new DeficitRoundRobin(
                arguments.get(TURN), arguments.get(WEIGHTS), arguments.get(SCOPE).equals("class"));
    }

    private static AdmissionPolicy inTime(Arguments arguments) {
        SafetyMargin margin = new SafetyMargin(arguments.get(QUANTILE), arguments.get(SIGMA));
        return new FitsInstance()
                .and(new DeadlineAhead(false))
                .and(new FinishesInTime(margin))
                .and(room(arguments));
    }

    private static AdmissionPolicy limits(Arguments arguments) {
        return new FitsInstance()
                .and(new DeadlineAhead(arguments.get(REJECT_EARLY).equals("yes")))
                .and(room(arguments));
    }

    private static AdmissionPolicy room(Arguments arguments) {
        return BandLimits.of(arguments.get(MAX_REQUESTS), arguments.get(MAX_TOKENS))
                .and(new TenantLimit(arguments.get(TENANT_REQUESTS).intValue()));
    }
}

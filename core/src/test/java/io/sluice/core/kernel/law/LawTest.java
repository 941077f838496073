package io.sluice.core.kernel.law;

import io.sluice.core.kernel.LaneSettings;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.admission.BandLimits;
import io.sluice.core.policy.admission.DeadlineAhead;
import io.sluice.core.policy.admission.FitsInstance;
import io.sluice.core.testing.Orderings;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.List;
import java.util.Map;

import static io.sluice.core.model.PriorityBand.P4;

/**
 * The law: every request that was submitted has exactly one outcome, whatever happens and in
 * whatever order. The tasks watch on the way that no attempt is sent twice to a worker that runs
 * it, that no dispatch overdraws credits, and that no lane idles while something fits.
 */
final class LawTest {

    @Provide
    Arbitrary<List<Step>> anything() {
        return Step.anything();
    }

    @Provide
    Arbitrary<List<Step>> crashesOfTheJob() {
        return Step.crashesOfTheJob();
    }

    @Provide
    Arbitrary<String> policy() {
        return Arbitraries.of(Orderings.withoutInterruptions());
    }

    private static LaneSettings settings(String policy) {
        return new LaneSettings(
                LanePolicies.of(
                        PolicyCatalog.ordering(policy),
                        new FitsInstance()
                                .and(new DeadlineAhead(true))
                                .and(new BandLimits(Map.of(P4, new BandLimits.Limit(3, 500))))),
                2,
                5_000,
                1_000,
                30_000,
                8_000,
                1_000,
                10);
    }

    @Property(tries = 2_000, seed = "11", edgeCases = EdgeCasesMode.NONE)
    void everyRequestHasExactlyOneOutcome(
            @ForAll("policy") String policy,
            @ForAll boolean aligned,
            @ForAll("anything") List<Step> steps) {
        World world = new World(settings(policy), aligned);
        steps.forEach(world::take);
        world.comeToRest();
        world.assertTheLawHolds();
    }

    /** The second promise, as far as it can be kept. */
    @Property(tries = 1_000, seed = "12", edgeCases = EdgeCasesMode.NONE)
    void aCrashOfTheJobAloneWastesNothing(
            @ForAll("policy") String policy, @ForAll("crashesOfTheJob") List<Step> steps) {
        World world = new World(settings(policy), true);
        steps.forEach(world::take);
        world.comeToRest();
        world.assertTheLawHolds();
        world.assertNothingWasWasted();
    }
}

package io.sluice.core.slo;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class CauseDetectorTest {

    private static final long SLOT = 1_000;
    private static final long LEASE = 5_000;
    private static final CauseDetector DETECTOR = new CauseDetector(new SlotScale(SLOT), LEASE);

    private final CauseMemory memory = new CauseMemory();
    private long now = 100_000;
    private List<Cause> causes = List.of();

    /** A part of the facts of a slot. */
    record Part(long slot, String instance, CauseFacts facts) {}

    @Test
    void anInstanceThatGoesSilentIsLostSinceItsLastHeartbeatUntilItIsBack() {
        slots(5, CauseFacts.NONE, alive(1, false));
        long last = now - SLOT;
        slots(5, CauseFacts.NONE, CauseFacts.NONE);
        assertThat(causes).as("dead after the lease").extracting(Cause::sinceMillis).contains(last);

        slots(1, CauseFacts.NONE, CauseFacts.NONE);
        Cause lost = only(CauseKind.INSTANCE_LOST);
        assertThat(lost.key().instance()).isEqualTo("gpu-1");
        assertThat(lost.goesOn()).isTrue();
        assertThat(lost.detail()).isEqualTo("no heartbeat for 7.0 s; dead after 5.0 s");

        slots(1, CauseFacts.NONE, alive(2, false));
        assertThat(only(CauseKind.INSTANCE_LOST).overMillis()).isEqualTo(now);
        assertThat(only(CauseKind.INSTANCE_LOST).name()).isEqualTo(lost.name());
        slots(CauseDetector.LINGER_SLOTS, CauseFacts.NONE, alive(2, false));
        assertThat(causes).isEmpty();
    }

    @Test
    void whatAnEarlierIncarnationStillSaysIsNoSignOfLife() {
        slots(2, CauseFacts.NONE, alive(2, false));
        slots(8, CauseFacts.NONE, alive(1, false));

        assertThat(only(CauseKind.INSTANCE_LOST).goesOn()).isTrue();
    }

    @Test
    void anInstanceThatDrainedAndWentIsNotLost() {
        slots(2, CauseFacts.NONE, alive(1, true));
        slots(20, CauseFacts.NONE, CauseFacts.NONE);

        assertThat(causes).isEmpty();
        assertThat(memory.lives()).isEmpty();
    }

    @Test
    void whoeverIsLostForLongIsForgottenAndNothingIsLeft() {
        slots(2, CauseFacts.NONE, alive(1, false));
        slots(
                CauseDetector.FORGET_SLOTS + CauseDetector.LINGER_SLOTS + 40,
                CauseFacts.NONE,
                CauseFacts.NONE);

        assertThat(memory.isEmpty()).isTrue();
    }

    @Test
    void waitsThatDoubleAreGrowthAndLongWaitsAloneAreNot() {
        slots(30, CauseFacts.NONE, waited(10, 2_000));
        assertThat(causes).isEmpty();

        slots(3, CauseFacts.NONE, waited(10, 5_000));
        Cause growth = only(CauseKind.QUEUE_GROWTH);
        assertThat(growth.detail())
                .isEqualTo("requests waited 5.0 s for their dispatch, before 2.0 s");

        slots(100, CauseFacts.NONE, waited(10, 5_000));
        assertThat(only(CauseKind.QUEUE_GROWTH).goesOn())
                .as("the rise is not the measure of itself")
                .isTrue();
        slots(4, CauseFacts.NONE, waited(10, 1_500));
        assertThat(only(CauseKind.QUEUE_GROWTH).goesOn()).isFalse();
    }

    @Test
    void growthIsNotClaimedWhereNothingIsKnownOfBefore() {
        slots(3, CauseFacts.NONE, waited(10, 60_000));

        assertThat(causes).isEmpty();
    }

    @Test
    void commandsThatAreLongUnderWayAreALag() {
        slots(3, CauseFacts.NONE, lagged(5, 900));
        assertThat(causes).isEmpty();
        slots(3, CauseFacts.NONE, lagged(5, 4_000));

        assertThat(only(CauseKind.DISPATCH_LAG).key().instance()).isEqualTo("gpu-1");
    }

    @Test
    void manyThatExpireAreAWaveAndAFewOrTheUsualAreNot() {
        slots(33, ended(100, 4), CauseFacts.NONE);
        assertThat(causes).as("below the floor").isEmpty();
        slots(3, ended(100, 10), CauseFacts.NONE);
        assertThat(causes).as("less than three times what it was").isEmpty();
        slots(3, ended(100, 40), CauseFacts.NONE);

        assertThat(only(CauseKind.EXPIRY_WAVE).key().instance()).isNull();
        slots(3, ended(100, 0), CauseFacts.NONE);
        assertThat(only(CauseKind.EXPIRY_WAVE).goesOn()).isFalse();
    }

    @Test
    void outputsFarFromWhatWasPredictedAreADriftEitherWay() {
        slots(3, predicted(10, 1_000, 1_400), CauseFacts.NONE);
        assertThat(causes).isEmpty();
        slots(40, predicted(10, 1_000, 500), CauseFacts.NONE);
        assertThat(only(CauseKind.PREDICTION_DRIFT).goesOn()).isTrue();
        assertThat(only(CauseKind.PREDICTION_DRIFT).detail()).contains("0.50 times");
        slots(70, predicted(10, 1_000, 1_100), CauseFacts.NONE);
        assertThat(causes).isEmpty();
        slots(40, predicted(10, 1_000, 2_500), CauseFacts.NONE);
        assertThat(only(CauseKind.PREDICTION_DRIFT).detail()).contains("2.50 times");
    }

    @Property(tries = 100)
    void theOrderOfPartsDoesNotMatter(@ForAll("parts") List<Part> parts, @ForAll long seed) {
        List<Part> shuffled = new ArrayList<>(parts);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(evaluated(shuffled)).isEqualTo(evaluated(parts));
    }

    @Property(tries = 20)
    void whatIsKeptAndToldIsBounded(@ForAll("parts") List<Part> parts) {
        CauseMemory many = new CauseMemory();
        for (int i = 0; i < 1_500; i++) {
            many.see("worker-" + i, new CauseFacts.Life(0, 1, false));
        }
        parts.forEach(part -> many.add(part.slot(), part.instance(), part.facts()));
        List<Cause> told = DETECTOR.evaluate(many, 60_000);

        assertThat(many.lives()).hasSizeLessThanOrEqualTo(CauseDetector.MOST_INSTANCES);
        assertThat(many.slots())
                .hasSizeLessThanOrEqualTo(CauseDetector.RECENT_SLOTS + CauseDetector.BEFORE_SLOTS);
        assertThat(told).hasSizeLessThanOrEqualTo(CauseDetector.MOST_CAUSES);
        List<Cause> chosen = AlertCauses.of(told, null);
        assertThat(chosen)
                .hasSizeLessThanOrEqualTo(CauseKind.values().length * AlertCauses.MOST_OF_A_KIND)
                .isSortedAccordingTo(Cause.BY_BEGINNING);
    }

    @Test
    void anAlertOfAnInstanceHasItsCausesAndThoseOfNone() {
        List<Cause> all =
                List.of(
                        cause(CauseKind.EXPIRY_WAVE, null, 1),
                        cause(CauseKind.INSTANCE_LOST, "gpu-1", 2),
                        cause(CauseKind.INSTANCE_LOST, "gpu-2", 3),
                        cause(CauseKind.INSTANCE_LOST, "gpu-3", 4));

        assertThat(AlertCauses.of(all, "gpu-3")).containsExactly(all.get(0), all.get(3));
        List<Cause> fleet = AlertCauses.of(all, null);
        assertThat(fleet).extracting(Cause::name).doesNotHaveDuplicates().hasSize(3);
        assertThat(fleet.get(2).detail()).isEqualTo("x; and 1 more instances");
    }

    @Provide
    Arbitrary<List<Part>> parts() {
        Arbitrary<CauseFacts> facts =
                Combinators.combine(
                                Arbitraries.longs().between(20_000, 60_000),
                                Arbitraries.longs().between(1, 3),
                                Arbitraries.longs().between(0, 5_000),
                                Arbitraries.longs().between(0, 30))
                        .as(
                                (at, incarnation, millis, count) ->
                                        new CauseFacts(
                                                new CauseFacts.Life(at, incarnation, count == 0),
                                                new CauseFacts.Sum(count, count * millis),
                                                new CauseFacts.Sum(count, millis),
                                                new CauseFacts.Ends(
                                                        count + 3, count, count, 100, millis)));
        return Combinators.combine(
                        Arbitraries.longs().between(0, 59).map(slot -> slot * SLOT),
                        Arbitraries.of("", "gpu-1", "gpu-2"),
                        facts)
                .as(Part::new)
                .list()
                .ofMaxSize(60);
    }

    private static List<Cause> evaluated(List<Part> parts) {
        CauseMemory fresh = new CauseMemory();
        parts.forEach(part -> fresh.add(part.slot(), part.instance(), part.facts()));
        Set<Cause> all = new HashSet<>(DETECTOR.evaluate(fresh, 58_000));
        all.addAll(DETECTOR.evaluate(fresh, 60_000));
        return all.stream().sorted(Cause.BY_BEGINNING.thenComparing(Cause::overMillis)).toList();
    }

    private void slots(int count, CauseFacts fleet, CauseFacts instance) {
        for (int i = 0; i < count; i++) {
            CauseFacts.Life life = instance.life();
            CauseFacts.Life seen =
                    life.incarnation() == Long.MIN_VALUE
                            ? life
                            : new CauseFacts.Life(now, life.incarnation(), life.draining());
            memory.add(now, CauseMemory.FLEET, fleet);
            memory.add(
                    now,
                    "gpu-1",
                    new CauseFacts(seen, instance.waits(), instance.lags(), instance.ends()));
            now += SLOT;
            causes = DETECTOR.evaluate(memory, now);
        }
    }

    private Cause only(CauseKind kind) {
        assertThat(causes).hasSize(1);
        assertThat(causes.get(0).key().kind()).isEqualTo(kind);
        return causes.get(0);
    }

    private static Cause cause(CauseKind kind, String instance, long since) {
        return new Cause(new Cause.Key(kind, instance), since, Cause.GOES_ON, 1, "x");
    }

    private static CauseFacts alive(long incarnation, boolean draining) {
        CauseFacts.Life life = new CauseFacts.Life(0, incarnation, draining);
        return new CauseFacts(life, CauseFacts.Sum.NONE, CauseFacts.Sum.NONE, CauseFacts.Ends.NONE);
    }

    private static CauseFacts waited(long count, long millis) {
        return dispatched(new CauseFacts.Sum(count, count * millis), CauseFacts.Sum.NONE);
    }

    private static CauseFacts lagged(long count, long millis) {
        return dispatched(CauseFacts.Sum.NONE, new CauseFacts.Sum(count, count * millis));
    }

    private static CauseFacts dispatched(CauseFacts.Sum waits, CauseFacts.Sum lags) {
        return new CauseFacts(CauseFacts.Life.NONE, waits, lags, CauseFacts.Ends.NONE);
    }

    private static CauseFacts ended(long ended, long expired) {
        return ends(new CauseFacts.Ends(ended, expired, 0, 0, 0));
    }

    private static CauseFacts predicted(long count, long predicted, long actual) {
        return ends(new CauseFacts.Ends(count, 0, count, predicted, actual));
    }

    private static CauseFacts ends(CauseFacts.Ends ends) {
        return new CauseFacts(CauseFacts.Life.NONE, CauseFacts.Sum.NONE, CauseFacts.Sum.NONE, ends);
    }
}

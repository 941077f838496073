package io.sluice.core.kernel;

import io.sluice.core.model.ReleaseReason;
import io.sluice.core.policy.AdmissionPolicy;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.Refusal;
import io.sluice.core.policy.WorkAhead;
import io.sluice.core.policy.admission.FinishesInTime;
import io.sluice.core.testing.WorkerLog;

import org.junit.jupiter.api.Test;

import java.util.Optional;

import static io.sluice.core.kernel.LaneFixture.run;
import static io.sluice.core.testing.Capacities.capacity;
import static io.sluice.core.testing.RequestBuilder.key;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a lane refuses because it cannot end in time. Each request takes 110 ms, 10 ms of prompt and
 * ten tokens of 10 ms.
 */
final class LaneDeadlineTest {

    private static final String PROBE = "probe";

    private WorkAhead ahead = WorkAhead.NONE;

    private static LaneFixture lane(String ordering, AdmissionPolicy admission) {
        LaneSettings usual = LaneFixture.settings(ordering);
        return new LaneFixture(
                        new LaneSettings(
                                LanePolicies.of(PolicyCatalog.ordering(ordering), admission),
                                usual.maxPasses(),
                                1_000_000,
                                1_000_000,
                                usual.orphanMillis(),
                                usual.forgetMillis(),
                                usual.dispatchesPerWakeup(),
                                usual.tickMillis()))
                .started();
    }

    private static LaneFixture lane(String admission) {
        return lane("fcfs", PolicyCatalog.admissions().make(admission));
    }

    /** A lane that lets in all but probes, of which it notes what goes before them. */
    private LaneFixture probed(String ordering) {
        return lane(
                ordering,
                (request, view) -> {
                    if (!request.key().requestId().equals(PROBE)) {
                        return Optional.empty();
                    }
                    ahead = view.ahead(request, Double.POSITIVE_INFINITY);
                    return Optional.of(new Refusal(ReleaseReason.REJECTED_DEADLINE, PROBE));
                });
    }

    private static void runs(LaneFixture fixture, String id) {
        fixture.assign(request(id).submittedAt(fixture.now));
    }

    /** Milliseconds by which a request that comes now is delayed. */
    private double delay(LaneFixture fixture) {
        fixture.assign(request(PROBE).submittedAt(fixture.now).deadline(fixture.now + 1_000));
        return ahead.shareBefore() * ahead.millis();
    }

    @Test
    void whatWouldEndTooLateIsRefusedWithTheReason() {
        LaneFixture fixture = lane("deadline:quantile=0.5,sigma=0");
        fixture.connect(fixture.worker(1), capacity(1, 1_000));
        runs(fixture, "a");
        fixture.assign(request("late").submittedAt(fixture.now).deadline(fixture.now + 219));
        fixture.assign(request("inTime").submittedAt(fixture.now).deadline(fixture.now + 220));

        assertThat(fixture.releases())
                .singleElement()
                .satisfies(
                        refused -> {
                            assertThat(refused.key()).isEqualTo(key("late"));
                            assertThat(refused.reason()).isEqualTo(ReleaseReason.REJECTED_DEADLINE);
                            assertThat(refused.code()).isEqualTo(FinishesInTime.CODE);
                            assertThat(refused.message())
                                    .isEqualTo(
                                            "may take 220 ms (its service 110 ms, the wait for 1 others 110 ms, as predicted); its deadline is in 219 ms");
                        });
    }

    @Test
    void whatHasPassedIsNotEarly() {
        LaneFixture fixture = lane("deadline");
        fixture.assign(request("b").deadline(fixture.now));
        assertThat(fixture.releases().get(0).code()).isNull();
        assertThat(fixture.releases().get(0).message()).startsWith("deadline passed");
    }

    @Test
    void withoutADeadlineEverythingIsLetIn() {
        LaneFixture fixture = lane("deadline");
        for (int i = 0; i < 50; i++) {
            fixture.assign(request("r" + i).tokens(10, 90));
        }
        assertThat(fixture.releases()).isEmpty();
    }

    @Test
    void aSurerQuantileNeedsMoreTime() {
        LaneFixture fixture = lane("deadline:quantile=0.9,sigma=0.5");
        fixture.connect(fixture.worker(1), capacity(1, 1_000));
        fixture.assign(request("late").submittedAt(fixture.now).deadline(fixture.now + 208));
        fixture.assign(request("inTime").submittedAt(fixture.now).deadline(fixture.now + 209));
        assertThat(fixture.released()).containsExactly("late REJECTED_DEADLINE");
    }

    @Test
    void whatRunsCountsByWhatIsLeftOfIt() {
        LaneFixture fixture = probed("fcfs");
        fixture.connect(fixture.worker(1), capacity(1, 1_000));
        runs(fixture, "a");
        assertThat(delay(fixture)).isEqualTo(110);
        fixture.now += 60;
        assertThat(delay(fixture)).isEqualTo(50);
        fixture.now += 500;
        assertThat(delay(fixture)).as("longer than predicted, it may end at any time").isZero();
    }

    /** What was sent ahead began when the one before it ended, not when it was sent. */
    @Test
    void whatWasSentAheadCountsFromWhenItBegan() {
        LaneFixture fixture = probed("fcfs");
        WorkerLog worker = fixture.worker(1);
        fixture.connect(worker, capacity(1, 1_000));
        runs(fixture, "a");
        runs(fixture, "ahead");
        runs(fixture, "next");
        assertThat(fixture.dispatched()).containsExactly("a", "ahead");
        assertThat(delay(fixture)).isEqualTo(330);
        fixture.now += 110;
        fixture.report(worker.completed(run("a")));
        assertThat(delay(fixture)).isEqualTo(220);
        fixture.now += 30;
        assertThat(delay(fixture)).isEqualTo(190);
    }

    @Test
    void aRestoredLaneAnswersAlike() {
        LaneFixture fixture = probed("fcfs");
        fixture.connect(fixture.worker(1), capacity(1, 1_000));
        runs(fixture, "a");
        runs(fixture, "b");
        runs(fixture, "c");
        fixture.now += 70;
        assertThat(delay(fixture)).isEqualTo(260);
        fixture.rebuild().started();
        assertThat(delay(fixture)).isEqualTo(260);
    }

    @Test
    void onlyThoseThatGoBeforeItCount() {
        LaneFixture fixture = probed("edf");
        fixture.connect(fixture.worker(1), capacity(1, 1_000));
        for (int i = 0; i < 6; i++) {
            fixture.assign(request("patient" + i).deadline(fixture.now + 50_000));
        }
        fixture.assign(request("soon").deadline(fixture.now + 340));
        fixture.assign(request("later").deadline(fixture.now + 1_001));

        assertThat(fixture.dispatched()).as("one runs, one was sent ahead").hasSize(2);
        assertThat(delay(fixture)).isEqualTo(330);
        assertThat(ahead.requests()).isEqualTo(3);
    }

    @Test
    void countingEndsOnceTheDelayIsTooLong() {
        LaneFixture fixture = lane("deadline:sigma=0");
        fixture.connect(fixture.worker(1), capacity(1, 1_000));
        for (int i = 0; i < 40; i++) {
            runs(fixture, "r" + i);
        }
        fixture.assign(request("late").submittedAt(fixture.now + 1).deadline(fixture.now + 500));
        assertThat(fixture.releases().get(0).message()).contains("the wait for 5 others 550 ms");
    }

    @Test
    void severalPlacesShareTheWork() {
        LaneFixture fixture = probed("fcfs");
        fixture.connect(fixture.worker(1), capacity(2, 10_000));
        assertThat(delay(fixture)).isZero();
        runs(fixture, "a");
        assertThat(delay(fixture)).as("a place is free").isZero();
        runs(fixture, "b");
        assertThat(delay(fixture)).as("the first of two to end").isEqualTo(55);
        runs(fixture, "c");
        runs(fixture, "d");
        assertThat(delay(fixture)).as("three of four, two at a time").isEqualTo(165);
    }

    @Test
    void memoryMayHoldLessThanThereArePlaces() {
        LaneFixture fixture = probed("fcfs");
        fixture.connect(fixture.worker(1), capacity(8, 20));
        runs(fixture, "a");
        assertThat(delay(fixture)).isEqualTo(110);
    }
}

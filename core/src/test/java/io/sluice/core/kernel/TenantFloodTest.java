package io.sluice.core.kernel;

import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.policy.PolicyChoice;
import io.sluice.core.testing.RequestBuilder;
import io.sluice.core.testing.WorkerLog;

import org.junit.jupiter.api.Test;

import java.util.List;

import static io.sluice.core.testing.Capacities.capacity;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A tenant that sends a hundred times what the lane can serve, beside one that sends a third of it.
 */
final class TenantFloodTest {

    /** One place and a look-ahead of one. */
    private static final InstanceCapacity ONE = capacity(1, 1_000);

    private static final int ROUNDS = 120;
    private static final int FLOOD = 100;
    private static final int QUIET_EVERY = 3;
    private static final String QUIET = "quiet";

    /** Requests of the quiet tenant that ended, and those that were refused. */
    private record Quiet(long ended, long refused) {}

    private static Quiet flooded(String fairness, String admission) {
        PolicyChoice choice =
                PolicyChoice.DEFAULT
                        .withOrdering("fcfs")
                        .withFairness(fairness)
                        .withAdmission(admission);
        LaneFixture fixture =
                new LaneFixture(LaneFixture.settings("fcfs").with(choice.lane())).started();
        WorkerLog worker = fixture.worker(1);
        fixture.connect(worker, ONE);
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < FLOOD; i++) {
                fixture.assign(sent("flood", round * FLOOD + i));
            }
            if (round % QUIET_EVERY == 0) {
                fixture.assign(sent(QUIET, round));
            }
            end(fixture.all(LaneEffect.Dispatch.class).get(round), fixture, worker);
        }
        return new Quiet(
                fixture.all(LaneEffect.Dispatch.class).subList(0, ROUNDS).stream()
                        .filter(each -> isQuiet(each.request().key().tenant()))
                        .count(),
                fixture.releases().stream().filter(each -> isQuiet(each.key().tenant())).count());
    }

    private static boolean isQuiet(String tenant) {
        return tenant.equals(QUIET);
    }

    private static RequestBuilder sent(String tenant, int number) {
        return request(tenant + number).tenant(tenant).tokens(10, 10);
    }

    private static void end(LaneEffect.Dispatch oldest, LaneFixture fixture, WorkerLog worker) {
        fixture.report(
                worker.completed(
                        WorkerLog.run(
                                oldest.request().key(), oldest.attempt(), LaneFixture.EPOCH)));
    }

    @Test
    void takesNothingFromOthersWhereTheyHaveTurnsAndRoomOfTheirOwn() {
        for (String fairness : List.of("vtc", "drr:quantum=20")) {
            String admission = "limits:max-requests=1000,tenant-requests=100";

            Quiet quiet = flooded(fairness, admission);

            assertThat(quiet.refused()).as(fairness).isZero();
            // The last may still wait.
            assertThat(quiet.ended()).as(fairness).isGreaterThan(ROUNDS / QUIET_EVERY - 3);
        }
    }

    @Test
    void turnsAloneDoNotHelpWhoIsNotLetIn() {
        Quiet quiet = flooded("vtc", "limits:max-requests=1000");

        assertThat(quiet.refused()).isGreaterThan(ROUNDS / QUIET_EVERY / 2);
    }

    @Test
    void roomAloneDoesNotHelpWhoHasNoTurn() {
        String admission = "limits:max-requests=1000,tenant-requests=100";

        Quiet quiet = flooded("none", admission);

        assertThat(quiet.ended()).isLessThan(ROUNDS / QUIET_EVERY / 2);
    }
}

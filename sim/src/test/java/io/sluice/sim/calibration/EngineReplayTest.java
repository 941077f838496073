package io.sluice.sim.calibration;

import io.sluice.sim.engine.BatchingRules;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.EngineRequest;
import io.sluice.sim.engine.LinearStepCost;
import io.sluice.sim.engine.PrefillMode;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Steps of 1 ms, whatever they compute, so that all can be counted by hand. */
class EngineReplayTest {
    private static final long MILLI = 1_000_000;

    private static final EngineProfile PROFILE =
            new EngineProfile(
                    "TINY",
                    "toy",
                    "paper",
                    LinearStepCost.ofStep(1e-3),
                    Gpu.limits(4, 8, 1_000),
                    new BatchingRules(PrefillMode.CHUNKED, false, 0));

    @Test
    void momentsCountTheStepsUpToThem() {
        // a: prompt 8, then 9 decodes; b comes in the third step and starts with the fourth.
        List<ReplayedRequest> replay =
                EngineReplay.of(
                        MeasuredEngine.of(PROFILE),
                        log(request("a", 0, 8, 10), request("b", 2.5, 3, 2)));

        ReplayedRequest a = replay.get(0);
        assertThat(moment(a.started).done().steps()).isZero();
        assertThat(moment(a.firstToken))
                .isEqualTo(new ReplayedRequest.Moment(MILLI, new StepSums(1, 8, 0, 0, 0, 1)));
        ReplayedRequest b = replay.get(1);
        assertThat(moment(b.beforeArrival))
                .isEqualTo(new ReplayedRequest.Moment(2 * MILLI, new StepSums(2, 8, 1, 9, 0, 1)));
        assertThat(moment(b.started).nanos()).isEqualTo(3 * MILLI);
        // The step from 3 ms to 4 ms holds the prompt of b beside the third decode of a, context
        // 11.
        StepSums first = moment(b.firstToken).done().since(moment(b.started).done());
        assertThat(first).isEqualTo(new StepSums(1, 3, 1, 11, 11, 1));
        assertThat(moment(a.lastToken).nanos()).isEqualTo(10 * MILLI);
    }

    @Test
    void replicasShareTheRequests() {
        MeasuredLog log =
                log(
                        IntStream.range(0, 8)
                                .mapToObj(i -> request("r" + i, 0, 1, 100))
                                .toArray(MeasuredRequest[]::new));

        List<ReplayedRequest> one = EngineReplay.of(new MeasuredEngine(PROFILE, 1), log);
        List<ReplayedRequest> two = EngineReplay.of(new MeasuredEngine(PROFILE, 2), log);

        // Four slots each: alone, four of the eight have to wait.
        assertThat(one.stream().filter(r -> moment(r.lastToken).nanos() > 150 * MILLI)).hasSize(4);
        assertThat(two).allMatch(r -> moment(r.lastToken).nanos() == 100 * MILLI);
    }

    @Test
    void whatTheEngineRefusesHasNoMoments() {
        ReplayedRequest refused =
                EngineReplay.of(MeasuredEngine.of(PROFILE), log(request("long", 0, 900, 900)))
                        .get(0);

        assertThat(refused.started).isNull();
        assertThat(refused.lastToken).isNull();
    }

    private static ReplayedRequest.Moment moment(ReplayedRequest.Moment moment) {
        return Objects.requireNonNull(moment);
    }

    private static MeasuredRequest request(String id, double atMillis, int prompt, int output) {
        return new MeasuredRequest(
                EngineRequest.of(id, prompt, output),
                Math.round(atMillis * MILLI),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    private static MeasuredLog log(MeasuredRequest... requests) {
        return new MeasuredLog(List.of(requests));
    }
}

package io.sluice.sim.sequential;

import io.sluice.sim.workload.PredictionErrors;
import io.sluice.sim.workload.PredictionErrors.Rule;
import io.sluice.sim.workload.PredictionErrors.Share;
import io.sluice.sim.workload.SemanticSettings;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

import static io.sluice.sim.sequential.SequentialRuns.A5000_4B;
import static io.sluice.sim.sequential.SequentialRuns.printed;
import static io.sluice.sim.sequential.SequentialRuns.requests;
import static io.sluice.sim.sequential.SequentialRuns.total;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The study's sweeps over wrong predictions, rate and distance alike. Those that its authors
 * recorded were made while each group but the first came one gap early, all but one.
 */
class StudyErrorSweepTest {

    private static final SemanticSettings DEFAULTS = SemanticSettings.sequential();
    private static final SemanticSettings EARLY =
            DEFAULTS.withGroups(new SemanticSettings.Groups(10, Duration.ofSeconds(1), 5, true));

    /** Share; recorded by the authors; printed by their program without the early gap. */
    @ParameterizedTest
    @CsvSource({
        "0.1, 2440.385, 2443.082",
        "0.2, 2451.222, 2453.919",
        "0.3, 2450.586, 2453.283",
        "0.4, 2481.558, 2484.255",
        "0.5, 2479.708, 2482.405",
        "0.6, 2484.724, 2487.438",
        "0.7, 2538.234, 2540.901",
        "0.9, 2509.581, 2512.993",
        "1.0, 2570.379, 2573.785",
    })
    void wrongLengths(double share, String recorded, String printed) {
        PredictionErrors errors =
                new PredictionErrors(Rule.AS_PUBLISHED, Share.NONE, new Share(share, share));
        assertThat(total(run(EARLY, errors), 3)).isEqualTo(recorded);
        assertThat(total(run(DEFAULTS, errors), 3)).isEqualTo(printed);
        assertThat(mostUrgent(run(DEFAULTS, errors))).isEqualTo("6.218");
    }

    /** The one figure that was recorded without the early gap. */
    @ParameterizedTest
    @CsvSource("0.8, 2514.408")
    void wrongLengthsRecordedWithoutTheEarlyGap(double share, String recorded) {
        PredictionErrors errors =
                new PredictionErrors(Rule.AS_PUBLISHED, Share.NONE, new Share(share, share));
        assertThat(total(run(DEFAULTS, errors), 3)).isEqualTo(recorded);
        assertThat(mostUrgent(run(DEFAULTS, errors))).isEqualTo("6.218");
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 2437.364, 2440.061",
        "0.2, 2434.517, 2437.214",
        "0.3, 2406.793, 2409.491",
        "0.4, 2346.843, 2349.524",
        "0.5, 2468.250, 2470.931",
        "0.6, 2035.243, 2037.973",
        "0.7, 2261.821, 2264.678",
        "0.8, 2047.893, 2050.256",
        "0.9, 2146.174, 2148.538",
        "1.0, 2034.086, 2012.089",
    })
    void wrongClasses(double share, String recorded, String printed) {
        PredictionErrors errors =
                new PredictionErrors(Rule.AS_PUBLISHED, new Share(share, share), Share.NONE);
        assertThat(total(run(EARLY, errors), 3)).isEqualTo(recorded);
        assertThat(total(run(DEFAULTS, errors), 3)).isEqualTo(printed);
    }

    @ParameterizedTest
    @CsvSource({"0.2, 6.218, 6.218", "0.5, 23.606, 23.602", "1.0, 28.957, 27.957"})
    void wrongClassesForTheMostUrgent(double share, String recorded, String printed) {
        PredictionErrors errors =
                new PredictionErrors(Rule.AS_PUBLISHED, new Share(share, share), Share.NONE);
        assertThat(mostUrgent(run(EARLY, errors))).isEqualTo(recorded);
        assertThat(mostUrgent(run(DEFAULTS, errors))).isEqualTo(printed);
    }

    private static String mostUrgent(SequentialResult result) {
        return printed(result.meanWaitingSecondsByRank().get(0), 3);
    }

    private static SequentialResult run(SemanticSettings settings, PredictionErrors errors) {
        return StudySequential.of(A5000_4B).run(requests(settings.withErrors(errors), 0));
    }
}

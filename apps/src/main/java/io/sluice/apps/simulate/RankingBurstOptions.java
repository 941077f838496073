package io.sluice.apps.simulate;

import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.workload.RankingBurstSettings;
import io.sluice.sim.workload.RankingBurstWorkload;
import io.sluice.sim.workload.RankingDataset;
import io.sluice.sim.workload.SimulatedRequest;
import io.sluice.sim.workload.StudyEngines;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The options of the burst of learning to rank, and of its generation of synthetic data. */
final class RankingBurstOptions {

    @Option(
            names = "--requests",
            paramLabel = "N",
            description =
                    "ltr-burst, ltr-synthetic: requests that are all there from the start (default:"
                            + " 2000; 10000).")
    private @Nullable Integer requests;

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            description =
                    "ltr-burst, ltr-synthetic: whose lengths answers have, sharegpt or lmsys (default: sharegpt).")
    private RankingDataset dataset = RankingDataset.SHAREGPT;

    @Option(
            names = "--sigma",
            paramLabel = "S",
            description =
                    "ltr-burst, ltr-synthetic: spread of the logarithm of the lengths (default: the"
                            + " data set's).")
    private @Nullable Double sigma;

    @Option(
            names = "--tau",
            paramLabel = "T",
            description =
                    "ltr-burst, ltr-synthetic: Kendall's tau-b between predicted and true lengths,"
                            + " above 0 up to 1 (default: 1).")
    private double tau = 1;

    @Option(
            names = "--lengths",
            paramLabel = "N,N...",
            split = ",",
            description = "ltr-burst: these answers, in this order, in place of drawn ones.")
    private List<Integer> lengths = List.of();

    @Option(
            names = "--token-time",
            paramLabel = "SECONDS",
            description = "ltr-burst, ltr-synthetic: how long a token takes (default: 0.03).")
    private double tokenSeconds = StudyEngines.TOKEN_SECONDS;

    @Option(
            names = "--answers",
            paramLabel = "N",
            description =
                    "ltr-synthetic: tell how long it takes to the first N answers (default: 1000).")
    private long answers = 1_000;

    @Option(
            names = "--within",
            paramLabel = "SECONDS",
            description =
                    "ltr-synthetic: tell how many answers there are after so long (default: 300).")
    private double withinSeconds = 300;

    /** Which of the two. */
    enum Kind {
        /** The burst. */
        BURST("ltr-burst", 2_000),
        /** The generation of synthetic data. */
        SYNTHETIC_DATA("ltr-synthetic", 10_000);

        private final String workload;
        private final int requests;

        Kind(String workload, int requests) {
            this.workload = workload;
            this.requests = requests;
        }
    }

    /** The engine that it assumes. */
    EngineProfile engine(int slots) {
        return StudyEngines.constantStep(slots, tokenSeconds);
    }

    /** What is asked of synthetic data. */
    AnswerStudy.Wanted wanted() {
        return new AnswerStudy.Wanted(answers, withinSeconds);
    }

    private int requestsOf(Kind kind) {
        return requests == null ? kind.requests : requests;
    }

    /** The requests. */
    FleetStudy.Requests requests(Kind kind) {
        if (!lengths.isEmpty()) {
            List<SimulatedRequest> listed = new ArrayList<>();
            for (int length : lengths) {
                listed.add(SimulatedRequest.of(listed.size(), 0, 1, length));
            }
            return seed -> listed.iterator();
        }
        RankingBurstSettings settings =
                RankingBurstSettings.of(
                        requestsOf(kind), dataset, sigma == null ? dataset.sigma() : sigma, tau);
        return seed -> new RankingBurstWorkload(settings).requests(seed);
    }

    /** What is fixed in it. */
    Map<String, String> conditions(Kind kind) {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("workload", kind.workload);
        if (!lengths.isEmpty()) {
            conditions.put("lengths", lengths.toString());
            return conditions;
        }
        conditions.put("requests", Integer.toString(requestsOf(kind)));
        conditions.put("dataset", dataset.name().toLowerCase(Locale.ROOT));
        conditions.put("tau", Double.toString(tau));
        return conditions;
    }
}

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

/** The options of the burst of learning to rank. */
final class RankingBurstOptions {

    @Option(
            names = "--requests",
            paramLabel = "N",
            description = "ltr-burst: requests that arrive together (default: 2000).")
    private int requests = 2_000;

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            description =
                    "ltr-burst: whose lengths answers have, sharegpt or lmsys (default: sharegpt).")
    private RankingDataset dataset = RankingDataset.SHAREGPT;

    @Option(
            names = "--sigma",
            paramLabel = "S",
            description =
                    "ltr-burst: spread of the logarithm of the lengths (default: the data set's).")
    private @Nullable Double sigma;

    @Option(
            names = "--tau",
            paramLabel = "T",
            description =
                    "ltr-burst: Kendall's tau-b between predicted and true lengths, above 0 up to 1"
                            + " (default: 1).")
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
            description = "ltr-burst: how long a token takes (default: 0.03).")
    private double tokenSeconds = StudyEngines.TOKEN_SECONDS;

    /** The engine that it assumes. */
    EngineProfile engine(int slots) {
        return StudyEngines.constantStep(slots, tokenSeconds);
    }

    /** The burst. */
    FleetStudy.Requests requests() {
        if (!lengths.isEmpty()) {
            List<SimulatedRequest> listed = new ArrayList<>();
            for (int length : lengths) {
                listed.add(SimulatedRequest.of(listed.size(), 0, 1, length));
            }
            return seed -> listed.iterator();
        }
        RankingBurstSettings settings =
                RankingBurstSettings.of(
                        requests, dataset, sigma == null ? dataset.sigma() : sigma, tau);
        return seed -> new RankingBurstWorkload(settings).requests(seed);
    }

    /** What is fixed in it. */
    Map<String, String> conditions() {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("workload", "ltr-burst");
        if (!lengths.isEmpty()) {
            conditions.put("lengths", lengths.toString());
            return conditions;
        }
        conditions.put("requests", Integer.toString(requests));
        conditions.put("dataset", dataset.name().toLowerCase(Locale.ROOT));
        conditions.put("tau", Double.toString(tau));
        return conditions;
    }
}

package io.sluice.core.routing;

import io.sluice.core.model.PendingRequest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Which candidates of a choice stood best, for whoever asks why. */
final class Ranking {

    private final List<FleetInstance> candidates;
    private final double[] scores;

    private Ranking(List<FleetInstance> candidates, double[] scores) {
        this.candidates = candidates;
        this.scores = scores;
    }

    /**
     * The best few as the policy would choose among them now, best first; of equals the first. O(n
     * log k) for k of n.
     */
    static List<Candidate> best(
            int most,
            RoutingPolicy policy,
            PendingRequest request,
            List<FleetInstance> candidates,
            OutstandingWork work) {
        double[] scores = policy.scores(request, candidates, work);
        List<Candidate> best = new ArrayList<>();
        for (int i : new Ranking(candidates, scores).indexes(most)) {
            FleetInstance instance = candidates.get(i);
            best.add(
                    new Candidate(
                            instance.instanceId(),
                            scores[i],
                            policy.parts(request, instance, work)));
        }
        return best;
    }

    private List<Integer> indexes(int most) {
        Comparator<Integer> better =
                Comparator.comparingDouble((Integer i) -> -scores[i])
                        .thenComparing(Comparator.naturalOrder());
        PriorityQueue<Integer> worstFirst = new PriorityQueue<>(most + 1, better.reversed());
        for (int i = 0; i < candidates.size(); i++) {
            worstFirst.add(i);
            if (worstFirst.size() > most) {
                worstFirst.remove();
            }
        }
        List<Integer> indexes = new ArrayList<>(worstFirst);
        indexes.sort(better);
        return indexes;
    }
}

package io.sluice.demo.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How a run of chaos went.
 *
 * @param settings how it was made
 * @param rate requests per second
 * @param undisturbedLagMillis 99th percentile of the time from submission to dispatch before the
 *     first fault
 * @param rounds those that were finished
 * @param redispatched attempts of requests above the first
 * @param unfinished why the round after them was not finished; empty if there is none
 * @param seconds of the whole run
 */
record ChaosReport(
        ChaosSettings settings,
        int rate,
        double undisturbedLagMillis,
        List<RoundResult> rounds,
        long redispatched,
        List<String> unfinished,
        double seconds) {

    /** Copies the lists. */
    ChaosReport {
        rounds = List.copyOf(rounds);
        unfinished = List.copyOf(unfinished);
    }

    /** Rounds with faults. */
    long roundsSurvived() {
        return rounds.stream().filter(round -> round.number() > 0).count();
    }

    /** Every fault that was injected. */
    List<StruckFault> faults() {
        return rounds.stream().flatMap(round -> round.faults().stream()).toList();
    }

    /** The audit of all that was ever sent; nothing if no round was finished. */
    JsonNode audit() {
        return rounds.isEmpty() ? MissingNode.getInstance() : last().audit();
    }

    private RoundResult last() {
        return rounds.get(rounds.size() - 1);
    }

    /**
     * Everything that is wrong, each in a line. An audit reads all topics from their start, so the
     * last one has what those before it found.
     */
    List<String> findings() {
        Stream<String> audited =
                rounds.isEmpty() ? Stream.of() : AuditRun.findings(audit()).stream();
        Stream<String> besides = rounds.stream().flatMap(round -> round.broken().stream());
        return Stream.of(audited, besides, unfinished.stream()).flatMap(lines -> lines).toList();
    }

    /** How long faults took to be overcome, shortest first. */
    double[] recoverySeconds(Predicate<FaultKind> kinds) {
        return faults().stream()
                .filter(fault -> kinds.test(fault.planned().kind()))
                .map(StruckFault::recovery)
                .filter(Objects::nonNull)
                .map(Stopwatch::seconds)
                .flatMapToDouble(OptionalDouble::stream)
                .sorted()
                .toArray();
    }

    /** By nearest rank; null if there is none. */
    static @Nullable Double percentile(double[] sorted, int percent) {
        if (sorted.length == 0) {
            return null;
        }
        int rank = (percent * sorted.length + 99) / 100;
        return sorted[Math.max(1, rank) - 1];
    }

    /** By nearest rank; 0 if there is none. */
    static double percentile(List<Long> values, int percent) {
        double[] sorted = values.stream().mapToDouble(Long::doubleValue).sorted().toArray();
        Double found = percentile(sorted, percent);
        return found == null ? 0 : found;
    }

    /** Kinds of fault that this run was to draw from, but did not come to. */
    List<FaultKind> missed() {
        List<FaultKind> came = faults().stream().map(fault -> fault.planned().kind()).toList();
        return Arrays.stream(FaultKind.values())
                .filter(kind -> settings.kinds().contains(kind) && !came.contains(kind))
                .toList();
    }
}

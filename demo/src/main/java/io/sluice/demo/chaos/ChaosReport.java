package io.sluice.demo.chaos;

import com.fasterxml.jackson.databind.JsonNode;
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
 * @param parts of the run, each on a cluster of its own
 * @param seconds of the whole run
 */
record ChaosReport(ChaosSettings settings, List<PartResult> parts, double seconds) {

    /** Copies the list. */
    ChaosReport {
        parts = List.copyOf(parts);
    }

    /** The rounds that were finished. */
    List<RoundResult> rounds() {
        return parts.stream().flatMap(part -> part.rounds().stream()).toList();
    }

    /** The greatest of what was measured before the first faults. */
    double undisturbedLagMillis() {
        return parts.stream().mapToDouble(PartResult::undisturbedLagMillis).max().orElse(0);
    }

    /** Attempts of requests above the first. */
    long redispatched() {
        return parts.stream().mapToLong(PartResult::redispatched).sum();
    }

    /** Rounds with faults. */
    long roundsSurvived() {
        return rounds().stream().filter(round -> round.number() > 0).count();
    }

    /** Every fault that was injected. */
    List<StruckFault> faults() {
        return rounds().stream().flatMap(round -> round.faults().stream()).toList();
    }

    /** The audit of all that was ever sent; nothing if no round was finished. */
    JsonNode audit() {
        return Audits.sum(parts.stream().map(PartResult::audit).toList());
    }

    /** Everything that is wrong, each in a line. */
    List<String> findings() {
        return Stream.of(
                        AuditRun.findings(audit()).stream(),
                        rounds().stream().flatMap(round -> round.broken().stream()),
                        parts.stream().flatMap(part -> part.unfinished().stream()))
                .flatMap(lines -> lines)
                .toList();
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

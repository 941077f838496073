package io.sluice.demo.chaos;

import io.sluice.demo.cluster.FlinkRest;
import io.sluice.demo.process.Await;
import io.sluice.demo.process.AwaitException;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Places left at instances, as the job's metrics show them: with nothing to do, none is taken, and
 * at least those are free that the workers have. What is sent ahead comes on top of that, and
 * changes with the pace.
 */
final class Credits {

    private static final String FREE = "instance_credits";
    private static final String TAKEN = "instance_inflight_requests";
    private static final String WAITING = "queue_size";

    /** Metrics are fetched from tasks every ten seconds, and those of a new attempt later. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final FlinkRest rest;
    private final String job;
    private final int capacity;
    private @Nullable Places last;

    /**
     * Asks nobody yet.
     *
     * @param job its id
     * @param capacity places of all workers together
     */
    Credits(FlinkRest rest, String job, int capacity) {
        this.rest = rest;
        this.job = job;
        this.capacity = capacity;
    }

    /**
     * What the metrics show. Those of one subtask are of one moment.
     *
     * @param free places left
     * @param taken runs out
     * @param waiting requests in lanes
     */
    private record Places(double free, double taken, double waiting) {}

    /** Looks, and says what is wrong. */
    List<String> check() {
        try {
            Await.until("all places to be free", PATIENCE, this::areAllFree);
            return List.of();
        } catch (AwaitException leak) {
            return List.of(
                    "CREDITS: with nothing to do there are %s, of %d places of the workers"
                            .formatted(last, capacity));
        }
    }

    private boolean areAllFree() {
        Optional<Places> seen = places();
        seen.ifPresent(places -> last = places);
        return seen.filter(places -> places.taken() == 0 && places.waiting() == 0)
                .filter(places -> places.free() >= capacity)
                .isPresent();
    }

    private Optional<Places> places() {
        for (JsonNode vertex : rest.get("/jobs/" + job).path("vertices")) {
            String metrics =
                    "/jobs/%s/vertices/%s/subtasks/metrics"
                            .formatted(job, vertex.path("id").asText());
            String names =
                    StreamSupport.stream(rest.get(metrics).spliterator(), false)
                            .map(metric -> metric.path("id").asText())
                            .filter(Credits::isWanted)
                            .collect(Collectors.joining(","));
            if (!names.isEmpty()) {
                JsonNode sums = rest.get(metrics + "?agg=sum&get=" + names);
                return Optional.of(
                        new Places(sum(sums, FREE), sum(sums, TAKEN), sum(sums, WAITING)));
            }
        }
        return Optional.empty();
    }

    private static boolean isWanted(String metric) {
        return List.of(FREE, TAKEN, WAITING).stream().anyMatch(name -> metric.endsWith("." + name));
    }

    private static double sum(JsonNode sums, String name) {
        double all = 0;
        for (JsonNode one : sums) {
            all += one.path("id").asText().endsWith("." + name) ? one.path("sum").asDouble() : 0;
        }
        return all;
    }
}

package io.sluice.apps.trace.file;

import io.sluice.apps.trace.TraceRequest;
import io.sluice.apps.trace.TraceStats;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The hand-written traces under test resources, and what reading one whole gives. */
final class Fixtures {

    /** A trace that was read to its end. */
    record Read(
            TraceFormat format,
            boolean hasArrivals,
            List<TraceRequest> requests,
            TraceStats stats) {

        TraceRequest request(int sequence) {
            return requests.get(sequence);
        }

        /** Arrival offsets in milliseconds. */
        List<Double> arrivalMillis() {
            return requests.stream().map(r -> r.arrivalNanos() / 1e6).toList();
        }

        List<String> lengths() {
            return requests.stream()
                    .map(r -> r.tokens().promptTokens() + "/" + r.tokens().outputTokens())
                    .toList();
        }
    }

    private Fixtures() {}

    static Path file(String name) {
        try {
            return Path.of(
                    Objects.requireNonNull(Fixtures.class.getResource("/traces/" + name), name)
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Read read(String name) {
        return read(file(name), TraceOptions.defaults());
    }

    static Read read(Path file, TraceOptions options) {
        try (FileTrace trace = FileTrace.open(file, options)) {
            List<TraceRequest> requests = new ArrayList<>();
            trace.forEachRemaining(requests::add);
            return new Read(trace.format(), trace.hasArrivals(), requests, trace.stats());
        }
    }
}

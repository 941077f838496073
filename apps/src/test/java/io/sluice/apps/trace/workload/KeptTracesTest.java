package io.sluice.apps.trace.workload;

import io.sluice.apps.trace.RequestSource;
import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.TraceRequest;
import io.sluice.apps.trace.file.TraceOptions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KeptTracesTest {

    @TempDir private Path folder;

    private final List<TraceChoice.Recorded> opened = new ArrayList<>();
    private final KeptTraces traces =
            new KeptTraces(
                    trace -> {
                        opened.add(trace);
                        return TraceOpener.FILES.open(trace);
                    });

    private TraceChoice.Recorded trace() throws IOException {
        Path file = folder.resolve("trace.csv");
        Files.writeString(
                file, "arrived_at,num_prefill_tokens,num_decode_tokens\n0,5,1\n2,-1,3\n4,7,2\n");
        return new TraceChoice.Recorded(file, TraceOptions.defaults());
    }

    private static List<TraceRequest> read(RequestSource source) {
        List<TraceRequest> requests = new ArrayList<>();
        source.forEachRemaining(requests::add);
        return requests;
    }

    @Test
    void aTraceIsReadOnceAndIsTheSameEachTime() throws IOException {
        TraceChoice.Recorded trace = trace();
        try (RequestSource first = traces.open(trace);
                RequestSource beside = traces.open(trace);
                RequestSource file = TraceOpener.FILES.open(trace)) {
            List<TraceRequest> requests = read(file);
            assertThat(requests).hasSize(2);
            assertThat(read(first)).isEqualTo(requests);
            assertThat(read(beside)).isEqualTo(requests);
            assertThat(beside.hasArrivals()).isTrue();
            assertThat(beside.description()).isEqualTo(file.description());
            assertThat(beside.stats()).isEqualTo(file.stats());
        }
        assertThat(opened).containsExactly(trace);
    }

    @Test
    void readOtherwiseItIsAnother() throws IOException {
        TraceChoice.Recorded trace = trace();
        TraceOptions all = trace.options();
        TraceChoice.Recorded one = new TraceChoice.Recorded(trace.path(), all.withLimit(1));
        assertThat(read(traces.open(trace))).hasSize(2);
        assertThat(read(traces.open(one))).hasSize(1);
        assertThat(opened).containsExactly(trace, one);
    }

    @Test
    void whatCannotBeReadIsSaidEachTime() {
        TraceChoice.Recorded none =
                new TraceChoice.Recorded(folder.resolve("none.csv"), TraceOptions.defaults());
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(TraceException.class)
                    .isThrownBy(() -> traces.open(none))
                    .withMessageContaining("does not exist");
        }
    }
}

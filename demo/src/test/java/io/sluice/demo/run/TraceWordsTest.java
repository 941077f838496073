package io.sluice.demo.run;

import io.sluice.apps.trace.file.TraceOptions;
import io.sluice.apps.trace.shape.Shaping;
import io.sluice.apps.trace.shape.TargetPlan;
import io.sluice.apps.trace.shape.TokenLimit;
import io.sluice.apps.trace.workload.TraceChoice;
import io.sluice.apps.trace.workload.Workload;
import io.sluice.apps.trace.workload.WorkloadSpec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** What the demo says of a trace. */
class TraceWordsTest {

    @TempDir private Path folder;

    @Test
    void theFirstRowsThatCannotBeUsedAreShownWithTheirLines() throws IOException {
        try (Workload workload = read("0,10,5\n0,-1,5\n0,x,5\n0,0,5\n0,10\n")) {
            assertThat(TraceWords.rejected(workload))
                    .containsExactly(
                            "rows of the trace: 5 read, 4 not used: 1 malformed row, 1 unreadable value, 1 negative length, 1 empty prompt",
                            "  line 3: negative length: prompt tokens -1",
                            "  line 4: unreadable value: prompt tokens 'x' is not a whole number",
                            "  line 5: empty prompt: prompt of 0 tokens");
            assertThat(TraceWords.of(workload)).endsWith("; 4 of 5 rows not usable");
        }
    }

    @Test
    void nothingIsSaidOfRowsThatAreAllUsed() throws IOException {
        try (Workload workload = read("0,10,5\n")) {
            assertThat(TraceWords.rejected(workload)).isEmpty();
            assertThat(TraceWords.of(workload)).doesNotContain("not usable");
        }
    }

    private Workload read(String rows) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("trace.csv"),
                        "arrived_at,num_prefill_tokens,num_decode_tokens\n" + rows);
        Shaping shaping = new Shaping(null, TargetPlan.NONE, new TokenLimit.Unlimited(), 1, 7);
        Workload workload =
                Workload.open(
                        WorkloadSpec.of(
                                new TraceChoice.Recorded(file, TraceOptions.defaults()), shaping));
        workload.requests().forEachRemaining(request -> {});
        return workload;
    }
}

package io.sluice.apps.replay;

import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.workload.TraceChoice;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RequestIdsTest {

    @Test
    void nameTheTraceTheSeedAndThePlace() {
        assertThat(RequestIds.of("AzureLLMInferenceTrace_conv", 7).id(12))
                .isEqualTo("azurellminferencetrace_conv.7.12");
        assertThat(RequestIds.of("my trace (1).x", -3).id(0)).isEqualTo("my-trace-1-x.-3.0");
        assertThat(RequestIds.of("", 0).id(0)).isEqualTo("trace.0.0");
    }

    @Test
    void keepRunsApart() {
        assertThat(RequestIds.of("synthetic", 7).withRunId("night-2").id(0))
                .isEqualTo("night-2.synthetic.7.0");
        assertThatThrownBy(() -> RequestIds.of("synthetic", 7).withRunId("a.b"))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("run id 'a.b'");
        assertThatThrownBy(() -> RequestIds.of("synthetic", 7).withRunId(""))
                .isInstanceOf(TraceException.class);
    }

    @Test
    void keepLongNamesApartThatBeginAlike() {
        String begin = "a-trace-whose-name-goes-on-and-on-and-on-and-on-";

        String first = RequestIds.of(begin + "1", 7).id(0);
        String second = RequestIds.of(begin + "2", 7).id(0);

        assertThat(first).hasSize(40 + ".7.0".length()).isNotEqualTo(second);
    }

    @Test
    void takeTheNameOfAFileWithoutItsExtensions() {
        assertThat(file("/data/conv.csv.gz").name()).isEqualTo("conv");
        assertThat(file("trace_1.2.jsonl").name()).isEqualTo("trace_1.2");
        assertThat(file("plain").name()).isEqualTo("plain");
        assertThat(file(".hidden").name()).isEqualTo(".hidden");
        assertThat(new TraceChoice.Synthetic(1).name()).isEqualTo("synthetic");
    }

    private static TraceChoice file(String path) {
        return new TraceChoice.Recorded(
                Path.of(path), io.sluice.apps.trace.file.TraceOptions.defaults());
    }
}

package io.sluice.apps.spans;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

class TraceContextTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @Test
    void readsIdsAndFlags() {
        TraceContext context = TraceContext.parse("00-" + TRACE + "-" + SPAN + "-01");

        assertThat(HexFormat.of().formatHex(context.traceId().toByteArray())).isEqualTo(TRACE);
        assertThat(HexFormat.of().formatHex(context.spanId().toByteArray())).isEqualTo(SPAN);
        assertThat(context.sampled()).isTrue();
        assertThat(TraceContext.parse("00-" + TRACE + "-" + SPAN + "-02").sampled()).isFalse();
    }

    @Test
    void readsWhatALaterVersionAdds() {
        assertThat(TraceContext.parse("cc-" + TRACE + "-" + SPAN + "-03-more").sampled()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01more",
                "<script>"
            })
    void whatIsNoneIsNone(String text) {
        assertThat(TraceContext.parse(text)).isNull();
    }
}

package io.sluice.jobs.io;

import io.sluice.core.model.RequestKey;
import io.sluice.jobs.flow.DecidedBy;
import io.sluice.jobs.flow.DecisionEnd;
import io.sluice.jobs.flow.DecisionForecast;
import io.sluice.jobs.flow.DecisionMessage;
import io.sluice.jobs.flow.DecisionMessage.Kind;
import io.sluice.jobs.flow.ScoredInstance;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.JsonLines;
import io.sluice.schemas.avro.Decision;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class DecisionMappingTest {

    private static final AvroCodec<Decision> CODEC = AvroCodec.of(Decision.class);

    private static DecisionMessage message(Kind kind) {
        return new DecisionMessage(
                kind,
                new RequestKey("acme", "r"),
                2,
                null,
                9,
                2,
                1_000,
                3,
                new DecidedBy(null, 0, null),
                -1,
                -1,
                -1,
                null);
    }

    /** What is not known is left out, and no kind is without a symbol. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyKindIsWrittenAndReadAgain(Kind kind) throws DecodeException {
        Decision record = DecisionMapping.record(message(kind));

        Decision read = CODEC.decode(CODEC.encode(record));

        assertThat(read.getKind().name()).isEqualTo(kind.name());
        assertThat(JsonLines.render(read))
                .isEqualTo(
                        "{\"kind\":\"%s\",\"request_id\":\"r\",\"fairness_id\":\"acme\",\"attempt\":2,\"epoch\":9,\"seq\":2,\"decided_at\":\"1970-01-01T00:00:01Z\",\"policy_version\":0,\"priority\":3,\"candidates\":[]}"
                                .formatted(kind));
    }

    @Test
    void whatIsKnownIsWritten() throws DecodeException {
        DecisionMessage message =
                message(Kind.END)
                        .among(
                                List.of(
                                        new ScoredInstance(
                                                "gpu-1", -3, Map.of("service_ms", -3.0))),
                                12)
                        .expecting(new DecisionForecast(200, 2_000, 3_000, 50.5, 1_000))
                        .ending(new DecisionEnd("Completed", null, 187, 61, 9.5, 1_100));

        Decision read = CODEC.decode(CODEC.encode(DecisionMapping.record(message)));

        assertThat(JsonLines.render(read))
                .endsWith(
                        "\"candidates\":[{\"instance_id\":\"gpu-1\",\"score\":-3.0,\"parts\":{\"service_ms\":-3.0}}],\"candidate_count\":12,\"outcome\":\"Completed\",\"predicted_output_tokens\":200,\"predicted_start_at\":\"1970-01-01T00:00:02Z\",\"predicted_finish_at\":\"1970-01-01T00:00:03Z\",\"predicted_ttft_ms\":50.5,\"predicted_service_ms\":1000.0,\"output_tokens\":187,\"ttft_ms\":61.0,\"tpot_ms\":9.5,\"e2e_ms\":1100.0}");
    }
}

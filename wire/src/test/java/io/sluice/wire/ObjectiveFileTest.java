package io.sluice.wire;

import io.sluice.core.model.PriorityBand;
import io.sluice.core.slo.Indicator;
import io.sluice.core.slo.SloObjective;
import io.sluice.core.slo.SloScope;
import io.sluice.core.slo.SloSelector;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ObjectiveFileTest {

    private static final String FULL =
            """
            [
              // Nine in ten.
              {"id": "chat-ttft", "tenant": "acme", "model": "llama", "priority_class": "shed",
               "service_tier": "flex", "indicator": "ttft", "threshold_ms": 750.5,
               "target": 0.9, "period": "30d", "per": "TENANT"},
              {"id": "ok", "indicator": "SUCCESS", "target": 0.999, "period": "10 min"}
            ]
            """;

    @Test
    void everyKeyIsRead() {
        List<SloObjective> objectives = ObjectiveFile.parse("f.json", FULL);

        assertThat(objectives)
                .containsExactly(
                        new SloObjective(
                                "chat-ttft",
                                new SloSelector("acme", "llama", PriorityBand.SHED, "flex"),
                                SloScope.TENANT,
                                new SloObjective.Promise(Indicator.TTFT, 750.5),
                                new SloObjective.Goal(0.9, 2_592_000_000L)),
                        new SloObjective(
                                "ok",
                                SloSelector.ANY,
                                SloScope.ALL,
                                new SloObjective.Promise(Indicator.SUCCESS, Double.NaN),
                                new SloObjective.Goal(0.999, 600_000)));
    }

    @Test
    void aRecordSaysTheSame() {
        for (SloObjective objective : ObjectiveFile.parse("f.json", FULL)) {
            assertThat(Objectives.read(Objectives.write(objective))).isEqualTo(objective);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|line 1: the file must be an array",
                "[1]|line 1: an objective must be an object",
                "[{\"id\": \"a\", \"treshold_ms\": 5}]|line 1: unknown key 'treshold_ms'; known are id, indicator",
                "[{\"id\": \"a\", \"id\": \"b\"}]|line 1: key 'id' is given twice",
                "[{\"id\": 5}]|line 1: id = 5 must be a text in quotes",
                "[{\"target\": \"most\"}]|line 1: target = most must be a number",
                "[{\"indicator\": \"TTLT\"}]|line 1: indicator = 'TTLT' must be one of [TTFT, TPOT",
                "[{\"per\": \"USER\"}]|line 1: per = 'USER' must be one of [ALL, TENANT",
                "[{\"period\": \"1 month\"}]|line 1: period = '1 month' must be a whole number with",
                "[{\"priority_class\": \"P9\"}]|line 1: priority_class = 'P9' must be one of P0, P1, P2, P3, P4, shed",
                "[{\"id\": \"a\"}]|the objective of line 1: key 'indicator' is missing",
                "[{\"id\": \"a\", \"indicator\": \"SUCCESS\", \"target\": 99, \"period\": \"1h\"}]|the objective of line 1: target = 99.0 must be a share above 0 and below 1",
                "[{\"id\": \"a\" \"b\"}]|line 1: Unexpected character",
                "[] []|line 1: there is more after the array"
            })
    void whatIsWrongIsNamedWithItsLineAndWhatIsAllowed(String content, String message) {
        assertThatThrownBy(() -> ObjectiveFile.parse("f.json", content))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("f.json, ")
                .hasMessageContaining(message);
    }

    @Test
    void anIdIsUsedOnce() {
        String twice =
                "[%1$s,\n%1$s]"
                        .formatted(
                                "{\"id\": \"a\", \"indicator\": \"SUCCESS\", \"target\": 0.9, \"period\": \"1h\"}");

        assertThatThrownBy(() -> ObjectiveFile.parse("f.json", twice))
                .hasMessage("f.json, line 2: id 'a' is used twice");
    }
}

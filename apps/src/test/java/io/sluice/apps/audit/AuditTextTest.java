package io.sluice.apps.audit;

import io.sluice.audit.AuditReport;
import io.sluice.audit.Finding;
import io.sluice.audit.OutcomeFigures;
import io.sluice.audit.RunFigures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** What a report says, to people and to programs. */
class AuditTextTest {

    private static AuditReport report(int lost) {
        List<Finding> findings =
                IntStream.range(0, lost)
                        .mapToObj(i -> new Finding(Finding.Promise.NOTHING_LOST, "request " + i))
                        .toList();
        return new AuditReport(
                new OutcomeFigures(1_200, 3, Map.of("Completed", 1_100L, "Failed", 100L), 4, 0, 2),
                new RunFigures(1_105, 1_101, Map.of("failed", 5L), 1_106, 7),
                9_000,
                findings);
    }

    @Test
    void whatIsInOrderIsSaidWithItsFigures() {
        assertThat(AuditText.lines(report(0)))
                .containsExactly(
                        "1,200 requests (3 submissions repeated); Completed 1,100, Failed 100; 0 open;"
                                + " 4 outcomes written again; 2 dead letters",
                        "1,106 runs sent (7 commands repeated), 1,105 accepted, 1,101 completed; wasted:"
                                + " failed 5",
                        "9,000 pairs of commands compared for the order of lanes",
                        "no promise is broken");
    }

    @Test
    void whatIsBrokenIsToldByPromiseAndCutWithTheRestCounted() {
        assertThat(AuditText.lines(report(12)))
                .contains(
                        "nothing lost: broken 12 times",
                        "  request 9",
                        "  and 2 more; --json has all")
                .doesNotContain("  request 10");
    }

    @Test
    void programsGetEveryFinding() throws Exception {
        JsonNode json = new ObjectMapper().readTree(AuditJson.text(report(12)));
        assertThat(json.path("kept").booleanValue()).isFalse();
        assertThat(json.at("/broken/NOTHING_LOST").asInt()).isEqualTo(12);
        assertThat(json.at("/broken/ORDER").asInt()).isZero();
        assertThat(json.path("findings")).hasSize(12);
        assertThat(json.at("/outcomes/Completed").asInt()).isEqualTo(1_100);
        assertThat(json.at("/wasted/failed").asInt()).isEqualTo(5);
    }
}

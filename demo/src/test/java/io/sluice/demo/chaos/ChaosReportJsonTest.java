package io.sluice.demo.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ChaosReportJsonTest {

    private static final String AUDIT =
            """
            {"kept": false, "submitted": 900, "outcomes": {"Completed": 899}, "dead_letters": 12,
             "dispatched": 1000, "repeated_commands": 3, "wasted": {"failed/Completed": 4, "unreported/open": 1},
             "broken": {"NOTHING_LOST": 1, "ONE_OUTCOME": 0, "ONE_COMPLETION": 2},
             "findings": [{"promise": "NOTHING_LOST", "what": "request r-1 has no outcome"}]}
            """;

    @Test
    void theFiguresOfTheAuditAreItsOwn() throws Exception {
        JsonNode json = ChaosReportJson.tree(report(AUDIT, List.of(), List.of()));

        assertThat(json.path("submitted").asInt()).isEqualTo(900);
        assertThat(json.path("lost").asInt()).isEqualTo(1);
        assertThat(json.path("duplicate_outcomes").asInt()).isZero();
        assertThat(json.path("double_completions").asInt()).isEqualTo(2);
        assertThat(json.path("wasted_executions").asInt()).isEqualTo(5);
        assertThat(json.path("duplicate_starts_per_1000").asDouble()).isEqualTo(3.0);
        assertThat(json.path("findings").get(0).asText())
                .isEqualTo("NOTHING_LOST: request r-1 has no outcome");
    }

    @Test
    void recoveryIsThatOfKillsThatStopTheJob() throws Exception {
        Stopwatch taken = Stopwatch.start();
        taken.stop();
        JsonNode json =
                ChaosReportJson.tree(
                        report(
                                AUDIT,
                                List.of(
                                        struck(FaultKind.TASK_MANAGER_KILL, taken),
                                        struck(FaultKind.TASK_MANAGER_KILL, Stopwatch.start()),
                                        struck(FaultKind.WORKER_KILL, taken),
                                        struck(FaultKind.TASK_MANAGER_PAUSE, taken)),
                                List.of()));

        assertThat(json.path("rounds").asInt()).isEqualTo(1);
        assertThat(json.path("faults").asInt()).isEqualTo(4);
        assertThat(json.at("/recovery_s/measured").asInt()).isEqualTo(1);
        assertThat(json.at("/by_fault/task-manager-kill/faults").asInt()).isEqualTo(2);
        assertThat(json.at("/by_fault/worker-kill/recovery_s/measured").asInt()).isEqualTo(1);
        assertThat(json.at("/by_fault/poison/recovery_s/p50").isNull()).isTrue();
    }

    @Test
    void whatWasNotFinishedIsAFinding() throws Exception {
        ChaosReport report = report(AUDIT, List.of(), List.of("UNFINISHED: round 2"));

        assertThat(report.findings()).hasSize(2).last().isEqualTo("UNFINISHED: round 2");
        assertThat(ChaosText.lines(report)).contains("2 findings:");
    }

    @Test
    void partsAreAddedUp() throws Exception {
        ChaosReport one = report(AUDIT, List.of(), List.of());
        List<PartResult> parts =
                List.of(
                        one.parts().get(0),
                        new PartResult(400, 20, List.of(), 3, List.of("UNFINISHED: round-2")),
                        one.parts().get(0));

        JsonNode json = ChaosReportJson.tree(new ChaosReport(one.settings(), parts, 60));

        assertThat(json.path("submitted").asInt()).isEqualTo(1_800);
        assertThat(json.at("/outcomes/Completed").asInt()).isEqualTo(1_798);
        assertThat(json.path("lost").asInt()).isEqualTo(2);
        assertThat(json.path("redispatched").asInt()).isEqualTo(3);
        assertThat(json.path("rates_per_s")).hasSize(3);
        assertThat(json.path("undisturbed_dispatch_lag_p99_ms").asDouble()).isEqualTo(20);
        assertThat(json.path("findings")).hasSize(3);
    }

    @Test
    void skippedKindsAreNamedWithTheReason() throws Exception {
        JsonNode json = ChaosReportJson.tree(report(AUDIT, List.of(), List.of()));

        assertThat(json.at("/skipped/worker-cut").asText()).isEqualTo("no permission");
    }

    private static StruckFault struck(FaultKind kind, Stopwatch recovery) {
        return new StruckFault(
                new PlannedFault(kind, Duration.ofSeconds(1), Duration.ofSeconds(2), 0),
                "target",
                recovery);
    }

    private static ChaosReport report(
            String audit, List<StruckFault> faults, List<String> unfinished) throws Exception {
        ChaosSettings settings =
                new ChaosSettings(
                        1,
                        200,
                        List.of(FaultKind.POISON),
                        Map.of(FaultKind.WORKER_CUT, "no permission"),
                        1,
                        3,
                        List.of(),
                        Path.of("x"),
                        Path.of("y"));
        RoundResult round = new RoundResult(1, faults, new JsonMapper().readTree(audit), List.of());
        PartResult part = new PartResult(200, 10, List.of(round), 0, unfinished);
        return new ChaosReport(settings, List.of(part), 60);
    }
}

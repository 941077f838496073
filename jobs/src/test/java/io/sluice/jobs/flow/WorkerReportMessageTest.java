package io.sluice.jobs.flow;

import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Progress;
import io.sluice.core.model.RequestFacts;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RequestTags;
import io.sluice.core.model.RunId;
import io.sluice.core.model.RunMeasures;
import io.sluice.core.model.SloTarget;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.model.WorkerReport.ReportOrigin;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Laid flat and read again, a report is what it was. */
class WorkerReportMessageTest {

    private static final ReportOrigin ORIGIN = new ReportOrigin("gpu-1", 2, 3, 4, 5);
    private static final RunId RUN = new RunId(new RequestKey("tenant", "r"), 1, 9);
    private static final InstanceCapacity CAPACITY =
            new InstanceCapacity(List.of("m"), 8, 1000, 500, 0, 1, 0.1, 0.2);

    static Stream<WorkerReport> reports() {
        return Stream.of(
                new WorkerReport.Registered(ORIGIN, CAPACITY),
                new WorkerReport.Heartbeat(
                        ORIGIN, CAPACITY, List.of(new AcceptedRun(RUN, 70, 2)), 6, true),
                new WorkerReport.Draining(ORIGIN, true),
                new WorkerReport.Accepted(ORIGIN, RUN),
                new WorkerReport.Progressed(ORIGIN, RUN),
                new WorkerReport.Completed(ORIGIN, RUN, facts(), measures()),
                new WorkerReport.Failed(ORIGIN, RUN, true, "oom", "out of memory"),
                new WorkerReport.Cancelled(ORIGIN, RUN),
                new WorkerReport.Refused(ORIGIN, RUN, "epoch", "too old"),
                new WorkerReport.GivenBack(ORIGIN, RUN),
                new WorkerReport.Preempted(ORIGIN, RUN, new Progress(12, 96)));
    }

    private static RequestFacts facts() {
        return new RequestFacts(
                "m",
                1,
                new RequestTags("s", "w", "flex", "00-1"),
                10,
                20,
                PendingRequest.NEVER,
                SloTarget.NONE,
                100,
                60,
                "edf");
    }

    private static RunMeasures measures() {
        return new RunMeasures(5, 20, 10, 500, 100, 50, 0, "stop");
    }

    @ParameterizedTest
    @MethodSource("reports")
    void isReadAsItWas(WorkerReport report) {
        assertThat(WorkerReportMessage.of(report).toCore()).isEqualTo(report);
    }

    @Test
    void everyKindIsTried() {
        Stream<Class<?>> kinds =
                Stream.concat(
                        Arrays.stream(WorkerReport.class.getPermittedSubclasses()),
                        Arrays.stream(WorkerReport.OfRun.class.getPermittedSubclasses()));

        Set<Class<?>> tried = reports().map(Object::getClass).collect(Collectors.toSet());
        assertThat(kinds.filter(Class::isRecord)).isNotEmpty().allMatch(tried::contains);
    }

    @Test
    void theListOfRunsCanBeLeftOut() {
        WorkerReport heartbeat =
                new WorkerReport.Heartbeat(
                        ORIGIN, CAPACITY, List.of(new AcceptedRun(RUN, 70, 2)), 6, true);

        assertThat(WorkerReportMessage.of(heartbeat).withoutRuns().toCore())
                .isEqualTo(new WorkerReport.Heartbeat(ORIGIN, CAPACITY, List.of(), 6, true));
    }
}

package io.sluice.demo.run;

import io.sluice.apps.page.PageSettings;
import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.arrival.ArrivalSpec;
import io.sluice.apps.trace.file.TraceFormat;
import io.sluice.apps.trace.file.TraceOptions;
import io.sluice.apps.trace.shape.PriorityMix;
import io.sluice.apps.trace.shape.Shaping;
import io.sluice.apps.trace.shape.TargetPlan;
import io.sluice.apps.trace.shape.TokenLimit;
import io.sluice.apps.trace.workload.TraceChoice;
import io.sluice.apps.trace.workload.WorkloadSpec;
import io.sluice.demo.run.DemoSettings.ClusterChoice;
import io.sluice.jobs.SlaOptions;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/** The options that say what a run shall be. */
final class DemoOptions {

    private static final int USUAL_BROKER_PORT = 9092;
    private static final int USUAL_WEB_PORT = 8081;

    /** About what the default instances can do, so that there is a queue now and then. */
    private static final double SYNTHETIC_RATE = 3;

    private static final String RECORDED = "recorded";
    private static final String DEFAULT_MIX = "P0=0.1,P1=0.2,P2=0.4,P4=0.2,shed=0.1";

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "The trace to replay (default: a built-in synthetic one).")
    private @Nullable Path trace;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            defaultValue = TraceFormat.AUTO,
            description = "Its format; auto finds out (default: ${DEFAULT-VALUE}).")
    private String format = TraceFormat.AUTO;

    @Option(
            names = "--strict",
            description = "Stop at the first row that cannot be used, instead of counting it.")
    private boolean strict;

    @Option(
            names = "--requests",
            paramLabel = "N",
            defaultValue = "500",
            description = "Replay at most so many requests (default: ${DEFAULT-VALUE}).")
    private long requests;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description =
                    "Requests per second in the trace's own time (default: as recorded; 3 for the synthetic trace, 5 where a file has no times).")
    private @Nullable Double rate;

    @Option(
            names = "--priority-mix",
            paramLabel = "MIX",
            description =
                    "Shares of the priority classes, such as P0=0.1,P2=0.9, or recorded (default: recorded for the synthetic"
                            + " trace, else "
                            + DEFAULT_MIX
                            + ").")
    private @Nullable String priorityMix;

    @Option(
            names = "--slo",
            paramLabel = "TARGETS",
            defaultValue =
                    "P0:ttft=1s,tpot=60ms;P1:ttft=2s,tpot=100ms;P2:ttft=5s,e2e=60s;*:e2e=120s;shed:ttl=60s",
            description =
                    "Targets, deadlines and times to live by class (default: ${DEFAULT-VALUE}).")
    private String slo = "";

    @Mixin private PolicyOptions policies = new PolicyOptions();

    @Option(
            names = "--objectives",
            paramLabel = "FILE",
            description =
                    "Service level objectives, as docs/sla.md has them; their windows of 5 min, 1 h, 6 h and 3 d pass"
                            + " in a tenth of that (default: the targets of --slo, by class and by tenant).")
    private @Nullable Path objectives;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "An option of the jobs, such as sluice.scheduler.max-passes=4; may be given several times.")
    private Map<String, String> jobOptions = Map.of();

    @Option(
            names = "--instances",
            paramLabel = "LIST",
            defaultValue = "3",
            description =
                    "Simulated GPU servers: a count, or profiles such as A100_4B,A100_7B,A5000_4B (default: ${DEFAULT-VALUE},"
                            + " one of each of these).")
    private String instances = "";

    @Option(
            names = "--speedup",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Divide arrival gaps, targets and service times by N; the report multiplies latencies back (default:"
                            + " ${DEFAULT-VALUE}).")
    private double speedup;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "2",
            description = "Subtasks of the scheduler job (default: ${DEFAULT-VALUE}).")
    private int parallelism;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of everything that is drawn (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "-1",
            description = "Where Kafka listens (default: 9092 if it is free, else any).")
    private int brokerPort;

    @Option(
            names = "--web-port",
            paramLabel = "PORT",
            defaultValue = "-1",
            description = "Where Flink's web page is (default: 8081 if it is free, else any).")
    private int webPort;

    @Option(
            names = "--page-port",
            paramLabel = "PORT",
            defaultValue = "-1",
            description =
                    "Where the live page is; it takes orders with the token in the file that is named beside its"
                            + " address (default: 8090 if it is free, else any).")
    private int pagePort;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Serve the metrics of both jobs for Prometheus there (default: nowhere).")
    private int metricsPort;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /**
     * What the options say.
     *
     * @throws ParameterException if one of them makes no sense; nothing was started
     */
    DemoSettings settings() {
        try {
            DemoSettings settings =
                    new DemoSettings(
                            workload(),
                            requests,
                            policies.choice(),
                            InstanceList.parse(instances),
                            optionsOfJobs(),
                            new ClusterChoice(
                                    PortChoice.of(brokerPort, USUAL_BROKER_PORT),
                                    PortChoice.of(webPort, USUAL_WEB_PORT),
                                    PortChoice.of(pagePort, PageSettings.USUAL_PORT),
                                    metricsPort,
                                    parallelism));
            DemoJobs.check(settings);
            return settings;
        } catch (IllegalArgumentException | TraceException exception) {
            throw new ParameterException(
                    Objects.requireNonNull(command, "set by picocli").commandLine(),
                    exception.getMessage(),
                    exception);
        }
    }

    private Map<String, String> optionsOfJobs() {
        if (objectives == null) {
            return jobOptions;
        }
        Map<String, String> all = new HashMap<>(jobOptions);
        all.put(SlaOptions.OBJECTIVES.key(), objectives.toString());
        return all;
    }

    private WorkloadSpec workload() {
        Shaping shaping =
                new Shaping(
                        mix(), TargetPlan.parse(slo), new TokenLimit.Unlimited(), speedup, seed);
        return new WorkloadSpec(traceChoice(), new ArrivalSpec.Auto(), rate(), shaping);
    }

    private TraceChoice traceChoice() {
        if (requests < 1) {
            throw new IllegalArgumentException("--requests must be at least 1, not " + requests);
        }
        if (trace == null) {
            return new TraceChoice.Synthetic(requests);
        }
        TraceOptions reading =
                TraceOptions.defaults().withLimit(requests).withSeed(seed).withStrict(strict);
        return new TraceChoice.Recorded(
                trace, TraceFormat.parse(format).map(reading::withFormat).orElse(reading));
    }

    private OptionalDouble rate() {
        if (rate != null) {
            return OptionalDouble.of(rate);
        }
        return trace == null ? OptionalDouble.of(SYNTHETIC_RATE) : OptionalDouble.empty();
    }

    /** The synthetic trace has a priority for each session; files hardly ever have any. */
    private @Nullable PriorityMix mix() {
        if (priorityMix != null) {
            return priorityMix.equals(RECORDED) ? null : PriorityMix.parse(priorityMix);
        }
        return trace == null ? null : PriorityMix.parse(DEFAULT_MIX);
    }
}

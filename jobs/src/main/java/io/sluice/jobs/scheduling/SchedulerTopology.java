package io.sluice.jobs.scheduling;

import io.sluice.core.model.Release;
import io.sluice.core.model.SettledRequest;
import io.sluice.jobs.OperatorUids;
import io.sluice.jobs.flow.CommandMessage;
import io.sluice.jobs.flow.ControlMessage;
import io.sluice.jobs.flow.EndNotice;
import io.sluice.jobs.flow.GateInput;
import io.sluice.jobs.flow.JobNotice;
import io.sluice.jobs.flow.LaneInput;
import io.sluice.jobs.flow.RouteInput;
import io.sluice.jobs.flow.Submission;
import io.sluice.jobs.flow.WorkerLogRecord;
import io.sluice.jobs.io.DeadLetterRecord;
import io.sluice.jobs.io.Decoded;
import io.sluice.jobs.io.SplitDecodedFunction;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The graph of the scheduler job: a function of its environment, sources, sinks and operators. All
 * operators but the source of epochs and the keeper of policies have the parallelism of the
 * environment; what is sent to every subtask relies on it.
 */
public final class SchedulerTopology {

    private static final MapStateDescriptor<String, Long> EPOCH =
            new MapStateDescriptor<>("epoch", Types.STRING, Types.LONG);

    private final StreamExecutionEnvironment env;
    private final SchedulerSources sources;
    private final SchedulerSinks sinks;
    private final SchedulerOperators operators;

    private SchedulerTopology(
            StreamExecutionEnvironment env,
            SchedulerSources sources,
            SchedulerSinks sinks,
            SchedulerOperators operators) {
        this.env = env;
        this.sources = sources;
        this.sinks = sinks;
        this.operators = operators;
    }

    /**
     * Adds the graph to an environment.
     *
     * @param encoder how outcomes become bytes
     */
    public static void build(
            StreamExecutionEnvironment env,
            SchedulerSources sources,
            SchedulerSinks sinks,
            SchedulingSettings settings,
            OutcomeEncoder encoder) {
        build(env, sources, sinks, SchedulerOperators.of(settings, encoder));
    }

    /** Adds the graph to an environment, around operators that decide. */
    public static void build(
            StreamExecutionEnvironment env,
            SchedulerSources sources,
            SchedulerSinks sinks,
            SchedulerOperators operators) {
        new SchedulerTopology(env, sources, sinks, operators).build();
    }

    private void build() {
        SingleOutputStreamOperator<Submission> requests =
                decoded(
                        sources.requests(),
                        Submission.class,
                        "requests",
                        OperatorUids.SCHEDULER_SOURCE_REQUESTS,
                        OperatorUids.SCHEDULER_DECODE_REQUESTS);
        SingleOutputStreamOperator<ControlMessage> control =
                decoded(
                        sources.control(),
                        ControlMessage.class,
                        "control",
                        OperatorUids.SCHEDULER_SOURCE_CONTROL,
                        OperatorUids.SCHEDULER_DECODE_CONTROL);
        SingleOutputStreamOperator<Release> handBacks =
                decoded(
                        sources.handBacks(),
                        Release.class,
                        "handbacks",
                        OperatorUids.SCHEDULER_SOURCE_HANDBACKS,
                        OperatorUids.SCHEDULER_DECODE_HANDBACKS);
        SingleOutputStreamOperator<WorkerLogRecord> workerLog =
                decoded(
                        sources.workerEvents(),
                        WorkerLogRecord.class,
                        "worker events",
                        OperatorUids.SCHEDULER_SOURCE_WORKER_EVENTS,
                        OperatorUids.SCHEDULER_DECODE_WORKER_EVENTS);
        SingleOutputStreamOperator<EndNotice> ends =
                decoded(
                        sources.ends(),
                        EndNotice.class,
                        "ends",
                        OperatorUids.SCHEDULER_SOURCE_ENDS,
                        OperatorUids.SCHEDULER_DECODE_ENDS);
        SingleOutputStreamOperator<LaneInput> reports =
                workerLog
                        .process(new WorkerEventFanOut())
                        .uid(OperatorUids.SCHEDULER_FAN_OUT)
                        .name("fan out worker events");
        SingleOutputStreamOperator<RouteInput> changes =
                control.process(new ControlSplit())
                        .uid(OperatorUids.SCHEDULER_SPLIT_CONTROL)
                        .name("split control");
        SingleOutputStreamOperator<Long> epochs = epochs();
        SingleOutputStreamOperator<JobNotice> policies = policies(changes, epochs);
        BroadcastStream<JobNotice> notices = policies.broadcast(KnownPolicies.STATE);
        SingleOutputStreamOperator<RouteInput> submissions = submissions(requests);
        DataStream<GateInput> toGate =
                submissions
                        .getSideOutput(SubmissionSplit.TO_GATE)
                        .union(reports.getSideOutput(WorkerEventFanOut.TO_GATE), learned(ends));
        DataStream<RouteInput> toRoute =
                submissions.union(
                        gate(toGate),
                        changes,
                        releases(handBacks),
                        reports.getSideOutput(WorkerEventFanOut.TO_ROUTE));
        SingleOutputStreamOperator<LaneInput> route = route(toRoute, notices);
        DataStream<LaneInput> toLanes =
                route.union(reports, changes.getSideOutput(ControlSplit.TO_LANES));
        SingleOutputStreamOperator<CommandMessage> lanes = lanes(toLanes, notices);
        settle(route.getSideOutput(RouteFunction.SETTLED), epochs.broadcast(EPOCH));
        write(route, lanes);
        policies.getSideOutput(PolicyFunction.ANNOUNCED)
                .sinkTo(sinks.policies())
                .uid(OperatorUids.SCHEDULER_SINK_CONFIG)
                .name("config")
                .setParallelism(1);
        DataStream<DeadLetterRecord> deadLetters =
                requests.getSideOutput(SplitDecodedFunction.DEAD_LETTERS)
                        .union(
                                control.getSideOutput(SplitDecodedFunction.DEAD_LETTERS),
                                policies.getSideOutput(SplitDecodedFunction.DEAD_LETTERS),
                                handBacks.getSideOutput(SplitDecodedFunction.DEAD_LETTERS),
                                workerLog.getSideOutput(SplitDecodedFunction.DEAD_LETTERS),
                                ends.getSideOutput(SplitDecodedFunction.DEAD_LETTERS),
                                route.getSideOutput(SplitDecodedFunction.DEAD_LETTERS));
        deadLetters
                .sinkTo(sinks.deadLetters())
                .uid(OperatorUids.SCHEDULER_SINK_DEAD_LETTERS)
                .name("dead letters");
    }

    /** Decisions are about the present: the scheduler has no event time and no watermarks. */
    private <T> SingleOutputStreamOperator<T> decoded(
            Source<Decoded<T>, ?, ?> source,
            Class<T> type,
            String name,
            String sourceUid,
            String decodeUid) {
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), name)
                .uid(sourceUid)
                .process(new SplitDecodedFunction<>(TypeInformation.of(type)))
                .uid(decodeUid)
                .name("decode " + name);
    }

    private SingleOutputStreamOperator<Long> epochs() {
        return env.fromSource(sources.epochs(), WatermarkStrategy.noWatermarks(), "epochs")
                .uid(OperatorUids.SCHEDULER_SOURCE_EPOCHS)
                .setParallelism(1);
    }

    /** One subtask, so that changes have one order. */
    private SingleOutputStreamOperator<JobNotice> policies(
            SingleOutputStreamOperator<RouteInput> control, DataStream<Long> epochs) {
        return control.getSideOutput(ControlSplit.POLICIES)
                .connect(epochs)
                .process(operators.policies())
                .uid(OperatorUids.SCHEDULER_POLICIES)
                .name("policies")
                .setParallelism(1);
    }

    private static SingleOutputStreamOperator<RouteInput> submissions(
            DataStream<Submission> requests) {
        return requests.process(new SubmissionSplit())
                .uid(OperatorUids.SCHEDULER_SUBMIT)
                .name("submit");
    }

    /** Of outcomes only those within a workflow concern a gate. */
    private static DataStream<GateInput> learned(DataStream<EndNotice> ends) {
        return ends.process(new EndNoticeSplit())
                .uid(OperatorUids.SCHEDULER_LEARN_ENDS)
                .name("learn ends");
    }

    private SingleOutputStreamOperator<RouteInput> gate(DataStream<GateInput> inputs) {
        return inputs.keyBy(GateInput::key)
                .process(operators.gate())
                .uid(OperatorUids.SCHEDULER_GATE)
                .name("gate");
    }

    private static DataStream<RouteInput> releases(DataStream<Release> handBacks) {
        return handBacks
                .map(RouteInput::released)
                .returns(RouteInput.class)
                .uid(OperatorUids.SCHEDULER_RELEASE)
                .name("release");
    }

    private SingleOutputStreamOperator<LaneInput> route(
            DataStream<RouteInput> inputs, BroadcastStream<JobNotice> notices) {
        return inputs.keyBy(RouteInput::key)
                .connect(notices)
                .process(operators.route())
                .uid(OperatorUids.SCHEDULER_ROUTE)
                .name("route");
    }

    private SingleOutputStreamOperator<CommandMessage> lanes(
            DataStream<LaneInput> inputs, BroadcastStream<JobNotice> notices) {
        return inputs.keyBy(LaneInput::key)
                .connect(notices)
                .process(operators.lanes())
                .uid(OperatorUids.SCHEDULER_SCHEDULE)
                .name("schedule");
    }

    private void settle(DataStream<SettledRequest> settled, BroadcastStream<Long> epochs) {
        settled.connect(epochs)
                .process(operators.settle())
                .uid(OperatorUids.SCHEDULER_SETTLE)
                .name("settle")
                .sinkTo(sinks.outcomes())
                .uid(OperatorUids.SCHEDULER_SINK_OUTCOMES)
                .name("outcomes");
    }

    private void write(
            SingleOutputStreamOperator<LaneInput> route,
            SingleOutputStreamOperator<CommandMessage> lanes) {
        lanes.sinkTo(sinks.commands()).uid(OperatorUids.SCHEDULER_SINK_DISPATCH).name("dispatch");
        lanes.getSideOutput(InstanceSchedulerFunction.RELEASES)
                .sinkTo(sinks.releases())
                .uid(OperatorUids.SCHEDULER_SINK_HANDBACKS)
                .name("handbacks");
        lanes.getSideOutput(InstanceSchedulerFunction.DECISIONS)
                .union(route.getSideOutput(RouteFunction.DECISIONS))
                .sinkTo(sinks.decisions())
                .uid(OperatorUids.SCHEDULER_SINK_DECISIONS)
                .name("decisions");
    }
}

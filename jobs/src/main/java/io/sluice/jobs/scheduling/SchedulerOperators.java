package io.sluice.jobs.scheduling;

import io.sluice.core.model.SettledRequest;
import io.sluice.jobs.flow.CommandMessage;
import io.sluice.jobs.flow.GateInput;
import io.sluice.jobs.flow.JobNotice;
import io.sluice.jobs.flow.LaneInput;
import io.sluice.jobs.flow.PolicyChange;
import io.sluice.jobs.flow.RouteInput;
import io.sluice.jobs.state.EncodedOutcome;

import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;

/**
 * The operators of the scheduler job that decide and remember; all others only translate.
 *
 * @param policies keeper of what all others decide by
 * @param gate keeper of the order within workflows
 * @param route owner of each request's life
 * @param lanes queues of the instances
 * @param settle journal of outcomes
 */
public record SchedulerOperators(
        CoProcessFunction<PolicyChange, Long, JobNotice> policies,
        KeyedProcessFunction<String, GateInput, RouteInput> gate,
        KeyedBroadcastProcessFunction<String, RouteInput, JobNotice, LaneInput> route,
        KeyedBroadcastProcessFunction<String, LaneInput, JobNotice, CommandMessage> lanes,
        BroadcastProcessFunction<SettledRequest, Long, EncodedOutcome> settle) {

    /**
     * The operators as they are documented.
     *
     * @param encoder how outcomes become bytes
     */
    public static SchedulerOperators of(SchedulingSettings settings, OutcomeEncoder encoder) {
        return new SchedulerOperators(
                new PolicyFunction(settings.policies()),
                new GateFunction(settings),
                new RouteFunction(settings),
                new InstanceSchedulerFunction(settings),
                new SettleFunction(encoder));
    }
}

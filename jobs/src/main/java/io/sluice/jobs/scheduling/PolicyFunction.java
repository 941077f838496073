package io.sluice.jobs.scheduling;

import io.sluice.core.policy.PolicyChoice;
import io.sluice.jobs.flow.JobNotice;
import io.sluice.jobs.flow.PolicyAnnouncement;
import io.sluice.jobs.flow.PolicyChange;
import io.sluice.jobs.io.DeadLetterRecord;
import io.sluice.jobs.io.Failure;
import io.sluice.jobs.io.RawMessage;
import io.sluice.jobs.io.SplitDecodedFunction;
import io.sluice.jobs.metrics.JobMetric;
import io.sluice.jobs.state.PolicyInForce;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;

/**
 * Says which policies are in force: those of the options, until the control topic has said
 * otherwise; then what that said last, also after a restart with other options. To be run at
 * parallelism 1, so that changes have one order and one number, the same for all whom they concern.
 *
 * <p>A change that makes no sense with what is in force changes nothing; it is counted and becomes
 * a dead letter. Before the epoch is known nothing is announced.
 */
public final class PolicyFunction extends CoProcessFunction<PolicyChange, Long, JobNotice>
        implements CheckpointedFunction {

    /** Stage of the dead letters that come from here. */
    public static final String STAGE = "policies";

    /** What is in force, for whoever looks at the job from outside. */
    public static final OutputTag<PolicyAnnouncement> ANNOUNCED =
            new OutputTag<>("announced", TypeInformation.of(PolicyAnnouncement.class));

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(PolicyFunction.class);
    private static final long NO_EPOCH = 0;

    private static final ListStateDescriptor<PolicyInForce> IN_FORCE =
            new ListStateDescriptor<>("in-force", TypeInformation.of(PolicyInForce.class));

    private final PolicyChoice options;

    private transient ListState<PolicyInForce> state;
    private transient PolicyInForce inForce;
    private transient long epoch;
    private transient Counter changes;
    private transient Counter refused;

    /**
     * Creates the function.
     *
     * @param options what is in force before the first change
     */
    public PolicyFunction(PolicyChoice options) {
        this.options = options;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        state = context.getOperatorStateStore().getListState(IN_FORCE);
        inForce = PolicyInForce.ofOptions(options);
        for (PolicyInForce saved : state.get()) {
            inForce = saved;
        }
        if (!inForce.toCore().equals(options)) {
            LOG.warn(
                    "policies of change {} at {} are in force, not those of the options: {}",
                    inForce.version(),
                    inForce.position(),
                    inForce.toCore());
        }
    }

    @Override
    public void open(OpenContext context) {
        epoch = NO_EPOCH;
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        changes = JobMetric.POLICY_CHANGES.counter(metrics);
        refused = JobMetric.DROPPED.counter(metrics, "policy_refused");
    }

    @Override
    public void processElement1(PolicyChange change, Context context, Collector<JobNotice> out) {
        try {
            inForce = inForce.changedTo(change.applyTo(inForce.toCore()), change.position());
        } catch (IllegalArgumentException wrong) {
            refused.inc();
            LOG.warn("change of policies at {} refused: {}", change.position(), wrong.getMessage());
            long now = context.timerService().currentProcessingTime();
            context.output(SplitDecodedFunction.DEAD_LETTERS, letter(change, wrong, now));
            return;
        }
        changes.inc();
        LOG.info(
                "change {} of policies, at {} ({}): {}",
                inForce.version(),
                inForce.position(),
                change.reason(),
                inForce.toCore());
        announce(context, out);
    }

    @Override
    public void processElement2(Long newEpoch, Context context, Collector<JobNotice> out) {
        epoch = newEpoch;
        announce(context, out);
    }

    private void announce(Context context, Collector<JobNotice> out) {
        if (epoch == NO_EPOCH) {
            return;
        }
        JobNotice notice = new JobNotice(epoch, inForce);
        out.collect(notice);
        long now = context.timerService().currentProcessingTime();
        PolicyAnnouncement.of(notice, now).forEach(said -> context.output(ANNOUNCED, said));
    }

    private static DeadLetterRecord letter(
            PolicyChange change, IllegalArgumentException wrong, long now) {
        return new DeadLetterRecord(
                change.position(),
                new RawMessage(null, null, Map.of()),
                new Failure(STAGE, "PolicyRefused", wrong.getMessage(), null),
                now);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        state.clear();
        if (inForce.version() > 0) {
            state.add(inForce);
        }
    }
}

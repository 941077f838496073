package io.sluice.jobs.scheduling;

import io.sluice.core.model.SettledRequest;
import io.sluice.jobs.metrics.JobMetric;
import io.sluice.jobs.state.EncodedOutcome;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The journal of outcomes in front of the transactional sink. It remembers, encoded, what it has
 * passed on since the checkpoint before the last completed one; after a restore it passes that on
 * again when the new epoch is announced. The sink's committer swallows the commit of a transaction
 * that the broker has aborted, so without this an outage between a checkpoint and its commit that
 * outlasts the transaction timeout would lose outcomes. A reader may see an outcome twice, the same
 * to the byte.
 */
public final class SettleFunction
        extends BroadcastProcessFunction<SettledRequest, Long, EncodedOutcome>
        implements CheckpointedFunction, CheckpointListener {

    private static final long serialVersionUID = 1L;

    private static final ListStateDescriptor<EncodedOutcome> JOURNAL =
            new ListStateDescriptor<>("journal", TypeInformation.of(EncodedOutcome.class));

    private final OutcomeEncoder encoder;

    private transient ListState<EncodedOutcome> state;
    private transient Deque<EncodedOutcome> journal;
    private transient List<EncodedOutcome> restored;
    private transient long lastBegun;
    private transient long lastCompleted;
    private transient long completedBefore;
    private transient Counter reemitted;

    /** Creates the function. */
    public SettleFunction(OutcomeEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        state = context.getOperatorStateStore().getListState(JOURNAL);
        journal = new ArrayDeque<>();
        restored = new ArrayList<>();
        state.get().forEach(restored::add);
        lastBegun = context.getRestoredCheckpointId().orElse(0);
        lastCompleted = lastBegun;
        completedBefore = lastBegun;
        restored.forEach(outcome -> journal.add(outcome.after(lastBegun)));
    }

    @Override
    public void open(OpenContext context) {
        reemitted = JobMetric.REEMITTED_OUTCOMES.counter(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(
            SettledRequest settled, ReadOnlyContext context, Collector<EncodedOutcome> out) {
        EncodedOutcome outcome = encoder.encode(settled, lastBegun);
        journal.add(outcome);
        out.collect(outcome);
    }

    @Override
    public void processBroadcastElement(
            Long epoch, Context context, Collector<EncodedOutcome> out) {
        restored.forEach(out::collect);
        reemitted.inc(restored.size());
        restored.clear();
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        state.clear();
        state.addAll(List.copyOf(journal));
        lastBegun = context.getCheckpointId();
    }

    /**
     * What was settled before the checkpoint that precedes this one was committed with that one, or
     * with this one.
     */
    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        completedBefore = lastCompleted;
        lastCompleted = checkpointId;
        while (!journal.isEmpty() && journal.peek().checkpointId() < completedBefore) {
            journal.poll();
        }
    }
}

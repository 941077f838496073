package io.sluice.jobs.sla;

import io.sluice.core.latency.SlaScope;
import io.sluice.core.slo.SloRequest;
import io.sluice.core.slo.SloScope;
import io.sluice.jobs.io.DeadLetterRecord;
import io.sluice.jobs.io.Failure;
import io.sluice.jobs.io.RawMessage;
import io.sluice.jobs.io.SplitDecodedFunction;
import io.sluice.jobs.metrics.JobMetric;
import io.sluice.jobs.state.AdmittedOutcome;
import io.sluice.jobs.state.JudgedOutcome;
import io.sluice.jobs.state.JudgedValue;
import io.sluice.jobs.state.ObjectiveChange;
import io.sluice.jobs.state.PendingJudgement;
import io.sluice.jobs.state.SlaOutcome;
import io.sluice.jobs.state.SlotFacts;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;
import java.util.Optional;

/**
 * Judges each finished request by every objective that selects it, and sends the verdict to the
 * series it counts in: that of everything the objective selects, and if the objective is per value,
 * that of its value.
 *
 * <p>Every objective is announced once by each subtask, so that one which selects nothing has a
 * series, and can be seen to have none but that.
 */
final class SloFanOutFunction
        extends BroadcastProcessFunction<AdmittedOutcome, ObjectiveChange, JudgedOutcome>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    /** What is judged of values of which there may be any number. */
    static final OutputTag<JudgedValue> VALUES =
            new OutputTag<>("values", TypeInformation.of(JudgedValue.class));

    /** What may be a cause, summed up. */
    static final OutputTag<SlotFacts> FACTS =
            new OutputTag<>("facts", TypeInformation.of(SlotFacts.class));

    /** Stage of the dead letters that come from here. */
    static final String STAGE = "objectives";

    private static final Logger LOG = LoggerFactory.getLogger(SloFanOutFunction.class);

    private final SloSettings settings;
    private transient ObjectiveBook book;
    private transient CauseFactsCounter facts;
    private transient boolean announced;
    private transient Counter changes;
    private transient Counter refused;

    SloFanOutFunction(SloSettings settings) {
        this.settings = settings;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        book =
                new ObjectiveBook(
                        context.getOperatorStateStore().getBroadcastState(ObjectiveBook.STATE),
                        settings.objectives());
        facts = new CauseFactsCounter(settings.scale(), context);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        // The book writes to its state at once.
        facts.snapshot();
    }

    @Override
    public void open(OpenContext context) {
        announced = false;
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        changes = JobMetric.OBJECTIVE_CHANGES.counter(metrics);
        facts.open(metrics);
        refused = JobMetric.DROPPED.counter(metrics, "objective_refused");
    }

    @Override
    public void processElement(
            AdmittedOutcome admitted, ReadOnlyContext context, Collector<JudgedOutcome> out) {
        if (!announced) {
            announced = true;
            for (ObjectiveBook.Entry entry : book.all()) {
                announce(entry, admitted.timeMillis(), out);
            }
        }
        facts.count(admitted, slot -> context.output(FACTS, slot));
        SlaOutcome outcome = admitted.outcome();
        if (outcome == null) {
            return;
        }
        SloRequest request = SlaStateMapping.request(outcome);
        for (ObjectiveBook.Entry entry : book.all()) {
            if (entry.objective().selector().selects(request)) {
                PendingJudgement judged = judged(entry, request, admitted);
                out.collect(new JudgedOutcome(whole(entry).text(), judged));
                sendToValue(entry, request, judged, context, out);
            }
        }
    }

    private static void announce(
            ObjectiveBook.Entry entry, long timeMillis, Collector<JudgedOutcome> out) {
        out.collect(
                new JudgedOutcome(
                        whole(entry).text(),
                        new PendingJudgement(
                                entry.definition(), timeMillis, PendingJudgement.NOTHING)));
    }

    private static SloSeries whole(ObjectiveBook.Entry entry) {
        return new SloSeries(entry.state().id(), SloScope.ALL, SlaScope.ALL_VALUE);
    }

    private static PendingJudgement judged(
            ObjectiveBook.Entry entry, SloRequest request, AdmittedOutcome admitted) {
        int verdict =
                admitted.stale()
                        ? PendingJudgement.LATE
                        : SlaStateMapping.verdict(entry.objective().judge(request));
        return new PendingJudgement(entry.definition(), admitted.timeMillis(), verdict);
    }

    /** Values that others name take the way on which their number is bounded. */
    private void sendToValue(
            ObjectiveBook.Entry entry,
            SloRequest request,
            PendingJudgement judged,
            ReadOnlyContext context,
            Collector<JudgedOutcome> out) {
        SloScope per = entry.objective().per();
        Optional<String> value = per == SloScope.ALL ? Optional.empty() : per.valueOf(request);
        if (value.isEmpty()) {
            return;
        }
        String series = new SloSeries(entry.state().id(), per, value.get()).text();
        if (per.isUnbounded()) {
            long reach = settings.scale().reachMillis(entry.objective().goal().periodMillis());
            context.output(VALUES, new JudgedValue(series, reach, judged));
        } else {
            out.collect(new JudgedOutcome(series, judged));
        }
    }

    @Override
    public void processBroadcastElement(
            ObjectiveChange change, Context context, Collector<JudgedOutcome> out)
            throws Exception {
        boolean first = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
        try {
            book.apply(change);
        } catch (IllegalArgumentException wrong) {
            if (first) {
                refuse(change, wrong, context);
            }
            return;
        }
        announced = false;
        if (first) {
            changes.inc();
            LOG.info("objectives changed at {}: {}", change.position(), change);
        }
    }

    private void refuse(ObjectiveChange change, IllegalArgumentException wrong, Context context) {
        refused.inc();
        LOG.warn("change of objectives at {} refused: {}", change.position(), wrong.getMessage());
        context.output(
                SplitDecodedFunction.DEAD_LETTERS,
                new DeadLetterRecord(
                        change.position(),
                        new RawMessage(null, null, Map.of()),
                        new Failure(STAGE, "ObjectiveRefused", wrong.getMessage(), null),
                        context.currentProcessingTime()));
    }
}

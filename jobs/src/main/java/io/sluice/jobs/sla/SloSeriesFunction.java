package io.sluice.jobs.sla;

import io.sluice.jobs.state.AlertUpdate;
import io.sluice.jobs.state.JudgedOutcome;
import io.sluice.jobs.state.PendingJudgement;
import io.sluice.jobs.state.SloSeriesState;
import io.sluice.jobs.state.SloSignal;
import io.sluice.jobs.state.SloStatusUpdate;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

import java.util.OptionalLong;

/**
 * The series of the objectives: counts, status, alerts. Keyed by {@link SloSeries#text()}.
 *
 * <p>Verdicts are kept in a list until the slot they arrived in ends in log time; then they are
 * counted all at once, and the series is evaluated: as in {@link SlaWindowStore}, a busy series
 * pays for its state once a slot instead of for each request. Everything that is published is
 * decided at the end of a slot, so a restart comes to the same alerts.
 *
 * <p>What comes after its slot has expired is only counted as late; the windows report it.
 */
final class SloSeriesFunction
        extends KeyedBroadcastProcessFunction<String, JudgedOutcome, SloSignal, SloStatusUpdate>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    /** What there is to tell about alerts. */
    static final OutputTag<AlertUpdate> ALERTS =
            new OutputTag<>("alerts", TypeInformation.of(AlertUpdate.class));

    private final SlaWindowing windowing;
    private final SloSettings settings;
    private transient ObjectiveBook book;
    private transient CauseBook causes;
    private transient ValueState<SloSeriesState> series;
    private transient ListState<PendingJudgement> pending;

    SloSeriesFunction(SlaWindowing windowing, SloSettings settings) {
        this.windowing = windowing;
        this.settings = settings;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        book =
                new ObjectiveBook(
                        context.getOperatorStateStore().getBroadcastState(ObjectiveBook.STATE),
                        settings.objectives());
        causes = new CauseBook(context.getOperatorStateStore().getBroadcastState(CauseBook.STATE));
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        // The books write to their state at once.
    }

    @Override
    public void open(OpenContext context) {
        series =
                getRuntimeContext()
                        .getState(new ValueStateDescriptor<>("series", SloSeriesState.class));
        pending =
                getRuntimeContext()
                        .getListState(new ListStateDescriptor<>("pending", PendingJudgement.class));
    }

    @Override
    public void processElement(
            JudgedOutcome outcome, ReadOnlyContext context, Collector<SloStatusUpdate> out)
            throws Exception {
        PendingJudgement judged = outcome.judged();
        long watermark = context.currentWatermark();
        long slotEnd = settings.scale().endOf(judged.timeMillis());
        boolean expired = slotEnd - 1 + windowing.latenessMillis() <= watermark;
        if (expired && judged.verdict() != PendingJudgement.NOTHING) {
            judged =
                    new PendingJudgement(judged.definition(), watermark + 1, PendingJudgement.LATE);
        }
        pending.add(judged);
        long due = Math.max(slotEnd, settings.scale().endOf(Math.max(0, watermark) + 1));
        context.timerService().registerEventTimeTimer(due - 1);
    }

    @Override
    public void processBroadcastElement(
            SloSignal signal, Context context, Collector<SloStatusUpdate> out) throws Exception {
        if (signal.causes() != null) {
            causes.apply(signal.causes(), context.currentWatermark());
        }
        try {
            if (signal.change() != null) {
                book.apply(signal.change());
            }
        } catch (IllegalArgumentException refused) {
            // The fan-out gets the same change and says what is wrong with it.
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<SloStatusUpdate> out)
            throws Exception {
        SloSeries key = SloSeries.parse(context.getCurrentKey());
        long atMillis = timestamp + 1;
        long now = context.timerService().currentProcessingTime();
        SeriesEvaluation evaluation =
                new SeriesEvaluation(
                        key,
                        settings,
                        new SeriesEvaluation.Moment(atMillis, now),
                        causes.at(atMillis));
        evaluation.start(series.value(), book.find(key.objective()));
        evaluation.count(pending.get());
        pending.clear();
        evaluation.evaluate();
        evaluation.statuses().forEach(out::collect);
        evaluation.alerts().forEach(alert -> context.output(ALERTS, alert));
        series.update(evaluation.toState());
        registerNext(evaluation.nextEnd(), context.timerService());
    }

    /** At the end of all input no time follows. */
    private static void registerNext(OptionalLong end, TimerService timers) {
        if (end.isPresent() && timers.currentWatermark() < Long.MAX_VALUE) {
            timers.registerEventTimeTimer(end.getAsLong() - 1);
        }
    }
}

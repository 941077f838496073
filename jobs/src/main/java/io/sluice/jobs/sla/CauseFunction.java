package io.sluice.jobs.sla;

import io.sluice.core.slo.Cause;
import io.sluice.core.slo.CauseDetector;
import io.sluice.core.slo.CauseMemory;
import io.sluice.jobs.state.CauseMemoryState;
import io.sluice.jobs.state.CauseState;
import io.sluice.jobs.state.CausesAt;
import io.sluice.jobs.state.SloSignal;
import io.sluice.jobs.state.SlotFacts;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Tells at the end of each slot which causes there are, if they have changed. All facts have one
 * key: they are sums, so there are few, and a cause concerns the fleet.
 *
 * <p>What is told at the end of a slot is sent before log time goes on, so every series has it when
 * it evaluates that slot, also after a restart.
 */
final class CauseFunction extends KeyedProcessFunction<String, SlotFacts, SloSignal> {
    private static final long serialVersionUID = 1L;

    /** The key of all facts. */
    static final String FLEET = "fleet";

    private final SloSettings settings;
    private transient ValueState<CauseMemoryState> memory;
    private transient ListState<SlotFacts> pending;

    CauseFunction(SloSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        memory =
                getRuntimeContext()
                        .getState(new ValueStateDescriptor<>("memory", CauseMemoryState.class));
        pending =
                getRuntimeContext()
                        .getListState(new ListStateDescriptor<>("pending", SlotFacts.class));
    }

    @Override
    public void processElement(SlotFacts facts, Context context, Collector<SloSignal> out)
            throws Exception {
        pending.add(facts);
        long watermark = context.timerService().currentWatermark();
        long slotEnd = settings.scale().endOf(facts.slotStartMillis());
        long due = Math.max(slotEnd, settings.scale().endOf(Math.max(0, watermark) + 1));
        context.timerService().registerEventTimeTimer(due - 1);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<SloSignal> out)
            throws Exception {
        CauseMemory known = CauseStateMapping.memory(memory.value());
        List<Cause> before =
                StreamSupport.stream(known.causes().spliterator(), false)
                        .sorted(Cause.BY_BEGINNING)
                        .toList();
        for (SlotFacts facts : pending.get()) {
            known.add(
                    facts.slotStartMillis(),
                    facts.instance(),
                    CauseStateMapping.facts(facts.facts()));
        }
        pending.clear();
        long atMillis = timestamp + 1;
        List<Cause> now =
                new CauseDetector(settings.scale(), settings.leaseMillis())
                        .evaluate(known, atMillis);
        if (!now.equals(before)) {
            List<CauseState> causes = now.stream().map(CauseStateMapping::state).toList();
            out.collect(SloSignal.of(new CausesAt(atMillis, causes)));
        }
        memory.update(CauseStateMapping.state(known));
        boolean timeGoesOn = context.timerService().currentWatermark() < Long.MAX_VALUE;
        if (!known.isEmpty() && timeGoesOn) {
            context.timerService().registerEventTimeTimer(timestamp + settings.slotMillis());
        }
    }
}

package io.sluice.jobs.sla;

import io.sluice.core.model.Outcome;
import io.sluice.core.slo.CauseFacts;
import io.sluice.core.slo.CauseMemory;
import io.sluice.core.slo.SlotScale;
import io.sluice.jobs.metrics.JobMetric;
import io.sluice.jobs.state.AdmittedOutcome;
import io.sluice.jobs.state.SlaOutcome;
import io.sluice.jobs.state.SlotFacts;
import io.sluice.jobs.state.WorkerFact;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;

import java.util.function.Consumer;

/**
 * Counts what may be a cause where everything passes by anyway. The counts of a slot are handed on
 * when the first thing of a later slot comes: before log time passes its end. What comes later
 * still is handed on in another part.
 */
final class CauseFactsCounter {

    private final FactTally tally;
    private final ListState<SlotFacts> state;
    private Counter impossible;
    private Counter tooMany;

    CauseFactsCounter(SlotScale scale, FunctionInitializationContext context) throws Exception {
        tally = new FactTally(scale);
        state =
                context.getOperatorStateStore()
                        .getListState(new ListStateDescriptor<>("facts", SlotFacts.class));
        for (SlotFacts facts : state.get()) {
            tally.restore(facts);
        }
    }

    void open(MetricGroup metrics) {
        impossible = JobMetric.DROPPED.counter(metrics, "impossible_duration");
        tooMany = JobMetric.DROPPED.counter(metrics, "too_many_instances");
    }

    void snapshot() throws Exception {
        state.update(tally.all());
    }

    /** Counts a request that ended, or what a worker says; stale requests are history. */
    void count(AdmittedOutcome admitted, Consumer<SlotFacts> out) {
        tally.takeUpTo(admitted.timeMillis()).forEach(out);
        if (admitted.outcome() != null && !admitted.stale()) {
            tally.add(admitted.timeMillis(), CauseMemory.FLEET, ended(admitted.outcome()));
        }
        if (admitted.fact() != null) {
            count(admitted.fact());
        }
    }

    private void count(WorkerFact fact) {
        if (fact.impossible()) {
            impossible.inc();
        }
        boolean room =
                fact.facts() == null
                        || tally.add(
                                fact.timeMillis(),
                                fact.instance(),
                                CauseStateMapping.facts(fact.facts()));
        if (!room) {
            tooMany.inc();
        }
    }

    private static CauseFacts ended(SlaOutcome outcome) {
        String how = outcome.sample().outcome();
        boolean completed = how.equals(Outcome.COMPLETED.wireName());
        boolean predicted = completed && outcome.predictedTokens() > 0;
        return new CauseFacts(
                CauseFacts.Life.NONE,
                CauseFacts.Sum.NONE,
                CauseFacts.Sum.NONE,
                new CauseFacts.Ends(
                        1,
                        how.equals(Outcome.EVICTED_TTL.wireName()) ? 1 : 0,
                        predicted ? 1 : 0,
                        predicted ? outcome.predictedTokens() : 0,
                        predicted ? outcome.sample().outputTokens() : 0));
    }
}

package io.sluice.jobs.sla;

import io.sluice.core.slo.Cause;
import io.sluice.core.slo.CauseFacts;
import io.sluice.core.slo.CauseKind;
import io.sluice.core.slo.CauseMemory;
import io.sluice.jobs.state.CauseFactsState;
import io.sluice.jobs.state.CauseMemoryState;
import io.sluice.jobs.state.CauseState;
import io.sluice.jobs.state.SlotFacts;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** Between what is kept of causes in state and the values of the core. */
final class CauseStateMapping {

    private CauseStateMapping() {}

    static CauseFactsState state(CauseFacts facts) {
        CauseFacts.Ends ends = facts.ends();
        return new CauseFactsState(
                facts.life().heartbeatMillis(),
                facts.life().incarnation(),
                facts.life().draining(),
                facts.waits().count(),
                facts.waits().totalMillis(),
                facts.lags().count(),
                facts.lags().totalMillis(),
                ends.ended(),
                ends.expired(),
                ends.predicted(),
                ends.predictedTokens(),
                ends.actualTokens());
    }

    static CauseFacts facts(CauseFactsState state) {
        return new CauseFacts(
                new CauseFacts.Life(state.heartbeatMillis(), state.incarnation(), state.draining()),
                new CauseFacts.Sum(state.waits(), state.waitMillis()),
                new CauseFacts.Sum(state.lags(), state.lagMillis()),
                new CauseFacts.Ends(
                        state.ended(),
                        state.expired(),
                        state.predicted(),
                        state.predictedTokens(),
                        state.actualTokens()));
    }

    static CauseState state(Cause cause) {
        return new CauseState(
                cause.key().kind().name(),
                cause.key().instance(),
                cause.sinceMillis(),
                cause.overMillis(),
                cause.limit(),
                cause.detail());
    }

    static Cause cause(CauseState state) {
        return new Cause(
                new Cause.Key(CauseKind.valueOf(state.kind()), state.instance()),
                state.sinceMillis(),
                state.overMillis(),
                state.limit(),
                state.detail());
    }

    static CauseMemory memory(@Nullable CauseMemoryState state) {
        CauseMemory memory = new CauseMemory();
        if (state != null) {
            for (CauseMemoryState.Life life : state.lives()) {
                memory.see(
                        life.instance(),
                        new CauseFacts.Life(
                                life.heartbeatMillis(), life.incarnation(), life.draining()));
            }
            for (SlotFacts slot : state.slots()) {
                memory.add(slot.slotStartMillis(), slot.instance(), facts(slot.facts()));
            }
            state.causes().forEach(cause -> memory.put(cause(cause)));
        }
        return memory;
    }

    static @Nullable CauseMemoryState state(CauseMemory memory) {
        if (memory.isEmpty()) {
            return null;
        }
        List<SlotFacts> slots = new ArrayList<>();
        memory.slots()
                .forEach(
                        (start, instances) ->
                                instances.forEach(
                                        (instance, facts) ->
                                                slots.add(
                                                        new SlotFacts(
                                                                start, instance, state(facts)))));
        List<CauseMemoryState.Life> lives = new ArrayList<>();
        memory.lives()
                .forEach(
                        (instance, life) ->
                                lives.add(
                                        new CauseMemoryState.Life(
                                                instance,
                                                life.heartbeatMillis(),
                                                life.incarnation(),
                                                life.draining())));
        List<CauseState> causes =
                StreamSupport.stream(memory.causes().spliterator(), false)
                        .map(CauseStateMapping::state)
                        .toList();
        return new CauseMemoryState(slots, lives, causes);
    }
}

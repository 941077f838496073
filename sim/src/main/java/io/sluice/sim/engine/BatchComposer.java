package io.sluice.sim.engine;

/**
 * Decides who takes part in the next step: running requests first, in the order of their admission,
 * then waiting ones, first come first served. The head of the queue blocks; nobody behind it is
 * looked at.
 */
final class BatchComposer {
    private final EngineLimits limits;
    private final boolean chunked;
    private final boolean promptGivesToken;
    private final BatchState state;
    private final KvMemory memory;
    private final EngineMeters meters;
    private final Evictions evictions;

    BatchComposer(
            EngineProfile profile,
            BatchState state,
            KvMemory memory,
            EngineMeters meters,
            Evictions evictions) {
        this.limits = profile.limits();
        this.chunked = profile.rules().prefillMode() == PrefillMode.CHUNKED;
        this.promptGivesToken = profile.rules().promptGivesToken();
        this.state = state;
        this.memory = memory;
        this.meters = meters;
        this.evictions = evictions;
    }

    /**
     * Composes a batch and takes the memory for it. Requests it admits or preempts are reported at
     * once.
     *
     * @param nanos the time of composition
     */
    StepPlan compose(long nanos, EngineListener listener) {
        Composition composition = new Composition(nanos, listener);
        if (chunked) {
            composition.chunked();
        } else {
            composition.whole();
        }
        return composition.plan.build(state);
    }

    /** One batch in the making. */
    private final class Composition {
        private final long nanos;
        private final EngineListener listener;
        private final StepPlan.Builder plan = new StepPlan.Builder(state.running.size());
        private int budget = limits.maxBatchedTokens();
        private boolean preempted;

        Composition(long nanos, EngineListener listener) {
            this.nanos = nanos;
            this.listener = listener;
        }

        /** Prompts and decodes together, cut to the budget. */
        void chunked() {
            addRunning();
            if (preempted) {
                // Memory is short: what was just given back must not go to a newcomer.
                state.headBlocked = false;
                return;
            }
            admitWaiting();
        }

        /** Prompts whole and alone if there are any, else decodes. */
        void whole() {
            admitWaiting();
            if (!plan.hasPrompts()) {
                addRunning();
                state.headBlocked &= !preempted;
            }
        }

        private void admitWaiting() {
            while (admitHead()) {
                Sequence newcomer = state.running.get(state.running.size() - 1);
                if (newcomer.prefilling()) {
                    add(newcomer, Math.min(newcomer.prefillLeft(), budget));
                } else if (chunked) {
                    add(newcomer, 1);
                }
            }
        }

        private void addRunning() {
            for (int i = 0; i < state.running.size() && budget > 0; i++) {
                Sequence sequence = state.running.get(i);
                if (!sequence.hasWork()) {
                    continue;
                }
                int tokens = sequence.prefilling() ? Math.min(sequence.prefillLeft(), budget) : 1;
                if (!makeRoom(sequence, sequence.computed + tokens)) {
                    return;
                }
                add(sequence, tokens);
            }
        }

        /** Admits the head of the queue if a slot, the budget and the memory allow. */
        private boolean admitHead() {
            Sequence head = state.waiting.peekFirst();
            boolean admitted =
                    head != null
                            && budget > 0
                            && state.running.size() < limits.maxSequences()
                            && (chunked || head.prefillTarget <= budget)
                            && memory.admit(head);
            if (!admitted) {
                state.headBlocked = head != null;
                return false;
            }
            state.admitHead();
            takeBack(head);
            if (!head.started) {
                head.started = true;
                listener.onEvent(new EngineEvent.Started(head.id(), nanos, head.computed));
            }
            return true;
        }

        /** Has what was kept of a request, or what the cache has of its prefix. */
        private void takeBack(Sequence head) {
            meters.cachedTokens += head.kept ? 0 : head.computed;
            state.transferPicos += head.reloadPicos;
            head.kept = false;
            head.reloadPicos = 0;
        }

        /**
         * Preempts from the youngest until the request can have its blocks. Returns false if it had
         * to go itself.
         */
        private boolean makeRoom(Sequence sequence, int tokens) {
            while (!memory.canGrow(sequence, tokens)) {
                Sequence victim = state.youngestWithWork();
                preempt(victim);
                if (victim == sequence) {
                    return false;
                }
            }
            return true;
        }

        private void preempt(Sequence victim) {
            preempted = true;
            evictions.evict(victim);
            state.preempt(victim);
            listener.onEvent(new EngineEvent.Preempted(victim.id(), nanos, victim.emitted));
        }

        private void add(Sequence sequence, int tokens) {
            boolean prompt = sequence.prefilling();
            memory.grow(sequence, sequence.computed + tokens);
            boolean emits = sequence.plan(tokens, promptGivesToken);
            budget -= tokens;
            if (!prompt) {
                plan.decode(sequence, sequence.computed);
            } else if (chunked && emits && tokens == 1) {
                // It attends to its context like a decode, and costs like one.
                plan.promptTail(sequence, sequence.computed);
            } else {
                plan.prefill(sequence, tokens, emits);
            }
            if (prompt) {
                memory.publish(sequence);
            }
        }
    }
}

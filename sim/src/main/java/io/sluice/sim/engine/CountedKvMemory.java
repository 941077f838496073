package io.sluice.sim.engine;

/** Memory whose content nobody finds again: its blocks need no names, only a count. */
final class CountedKvMemory extends KvMemory {
    private int free;

    CountedKvMemory(EngineLimits limits) {
        super(limits.blockTokens());
        this.free = limits.usableBlocks();
    }

    @Override
    int freeBlocks() {
        return free;
    }

    @Override
    void give(Sequence sequence, int blocks) {
        free -= blocks;
        sequence.blocks.addUnnamed(blocks);
    }

    @Override
    boolean admitAnew(Sequence sequence) {
        sequence.computed = 0;
        return blocksFor(sequence.prefillTarget) <= free;
    }

    @Override
    void publish(Sequence sequence) {
        // Nobody looks for it.
    }

    @Override
    void release(Sequence sequence) {
        free += sequence.blocks.size();
        sequence.blocks.clear();
    }

    @Override
    void preempt(Sequence sequence) {
        release(sequence);
    }
}

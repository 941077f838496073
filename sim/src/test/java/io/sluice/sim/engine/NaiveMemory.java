package io.sluice.sim.engine;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** The memory of {@link NaiveEngine}: blocks without ids, searched from end to end. */
final class NaiveMemory {
    static final class Block {
        @Nullable Object key;
        @Nullable Object former;
        int holders;
    }

    private record Former(NaiveJob job, int index) {}

    private final EngineProfile profile;
    private final int blockTokens;
    private final List<Block> free = new ArrayList<>();
    private final List<Block> all = new ArrayList<>();

    NaiveMemory(EngineProfile profile) {
        this.profile = profile;
        this.blockTokens = profile.limits().blockTokens();
        for (int i = 0; i < profile.limits().kvBlocks() - 1; i++) {
            free.add(new Block());
        }
        all.addAll(free);
    }

    /** Tokens that fit. */
    int tokens() {
        return all.size() * blockTokens;
    }

    /** Blocks that nobody holds. */
    int free() {
        return free.size();
    }

    NaiveJob job(EngineRequest request) {
        return new NaiveJob(request, blockTokens);
    }

    /** Gives a job the blocks that it found. */
    void hold(NaiveJob job, List<Block> hits) {
        for (Block block : hits) {
            block.holders++;
            free.remove(block);
            job.blocks.add(block);
        }
        job.computed = hits.size() * blockTokens;
    }

    void give(NaiveJob job, int tokens) {
        while (missing(job, tokens) > 0) {
            Block block = free.remove(0);
            block.key = null;
            block.former = null;
            block.holders = 1;
            job.blocks.add(block);
        }
    }

    void publish(NaiveJob job) {
        int full = Math.min(job.keys.length, job.computed / blockTokens);
        for (int i = job.published; i < full; i++) {
            long key = job.keys[i];
            boolean known = all.stream().anyMatch(b -> Objects.equals(b.key, key));
            if (!known && job.blocks.get(i).key == null) {
                job.blocks.get(i).key = key;
            }
            job.published = i + 1;
        }
    }

    List<Block> hits(NaiveJob job) {
        List<Block> hits = new ArrayList<>();
        if (!profile.rules().prefixCache()) {
            return hits;
        }
        for (int i = 0; (i + 1) * blockTokens <= job.target - 1; i++) {
            Object key = i < job.keys.length ? (Object) job.keys[i] : null;
            Former former = new Former(job, i);
            Block hit =
                    all.stream()
                            .filter(b -> key != null && key.equals(b.key))
                            .findFirst()
                            .or(() -> all.stream().filter(b -> former.equals(b.former)).findFirst())
                            .orElse(null);
            if (hit == null) {
                break;
            }
            hits.add(hit);
        }
        return hits;
    }

    /** Takes all blocks of a job that will look for them again. */
    void preempt(NaiveJob gone) {
        for (Block block : all) {
            // What an earlier preemption left of it counts no more.
            block.former =
                    block.former instanceof Former f && f.job() == gone ? null : block.former;
        }
        for (int i = 0; (i + 1) * blockTokens <= gone.computed; i++) {
            gone.blocks.get(i).former = new Former(gone, i);
        }
        release(gone);
    }

    void release(NaiveJob job) {
        Collections.reverse(job.blocks);
        for (Block block : job.blocks) {
            if (--block.holders == 0) {
                free.add(block);
            }
        }
        job.blocks.clear();
    }

    int missing(NaiveJob job, int tokens) {
        return Math.max(0, blocksFor(tokens) - job.blocks.size());
    }

    int blocksFor(int tokens) {
        return (tokens + blockTokens - 1) / blockTokens;
    }
}

package io.sluice.sim.engine;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KvBlockPoolTest {

    /** Every block is free or held, in the order a plain list keeps, after any operations. */
    @Property(tries = 300)
    void behavesLikeAListOfFreeBlocks(@ForAll long seed) {
        Random random = new Random(seed);
        int size = 1 + random.nextInt(12);
        KvBlockPool pool = new KvBlockPool(size);
        List<Integer> free = new ArrayList<>(IntStream.range(0, size).boxed().toList());
        int[] holders = new int[size];
        for (int i = 0; i < 200; i++) {
            int block = random.nextInt(size);
            int choice = random.nextInt(3);
            if (choice == 0 && !free.isEmpty()) {
                int taken = free.remove(0);
                long before = pool.generation(taken);
                assertThat(pool.take()).isEqualTo(taken);
                assertThat(pool.generation(taken)).isEqualTo(before + 1);
                holders[taken]++;
            } else if (choice == 1) {
                pool.hold(block);
                holders[block]++;
                free.remove((Integer) block);
            } else if (choice == 2 && holders[block] > 0) {
                pool.release(block);
                if (--holders[block] == 0) {
                    free.add(block);
                }
            }
            assertThat(pool.free()).isEqualTo(free.size());
            assertThat(pool.isFree(block)).isEqualTo(holders[block] == 0);
        }
    }

    @Test
    void mistakesOfTheCallerAreNamed() {
        KvBlockPool pool = new KvBlockPool(1);
        assertThatThrownBy(() -> pool.release(0))
                .hasMessage("KV pool: block 0 is released but nobody holds it");
        pool.take();
        assertThatThrownBy(pool::take)
                .hasMessage("KV pool: all 1 blocks are held, the caller must check first");
    }
}

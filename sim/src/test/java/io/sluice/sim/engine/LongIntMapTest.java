package io.sluice.sim.engine;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class LongIntMapTest {

    @Property(tries = 200)
    void behavesLikeAHashMap(@ForAll long seed) {
        Random random = new Random(seed);
        LongIntMap map = new LongIntMap();
        Map<Long, Integer> expected = new HashMap<>();
        int keys = 1 + random.nextInt(400);
        for (int i = 0; i < 2_000; i++) {
            // Keys 2^k apart meet in few slots, so that chains and their repair are exercised.
            long key = (long) random.nextInt(keys) << 40;
            if (random.nextInt(3) > 0) {
                map.put(key, i);
                expected.put(key, i);
            } else {
                map.remove(key);
                expected.remove(key);
            }
        }
        assertThat(map.size()).isEqualTo(expected.size());
        for (long k = 0; k < keys; k++) {
            assertThat(map.get(k << 40))
                    .isEqualTo(expected.getOrDefault(k << 40, LongIntMap.ABSENT));
        }
    }
}

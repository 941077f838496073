package io.sluice.demo.architecture.bad.core;

import java.util.Random;

/** Takes the time and a seed as arguments, as it should. */
public final class Repeatable {

    long draw(long nowMillis, long seed) {
        return nowMillis + new Random(seed).nextInt(10);
    }
}

package io.sluice.demo.architecture.bad.core;

import picocli.CommandLine;

import java.time.Instant;
import java.util.Random;

/** Reads a clock, draws an unseeded number, and depends on a library. */
public final class Impure {

    long when() {
        return Instant.now().toEpochMilli();
    }

    int luck() {
        return new Random().nextInt();
    }

    void parse(CommandLine commands) {}
}

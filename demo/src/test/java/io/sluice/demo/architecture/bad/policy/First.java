package io.sluice.demo.architecture.bad.policy;

/** A policy that builds on another. */
public final class First implements OrderingPolicy {

    private final Second second = new Second();

    OrderingPolicy fallback() {
        return second;
    }
}

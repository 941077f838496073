package io.sluice.demo.architecture.bad.policy;

/** Stands for a policy port. */
public interface OrderingPolicy {}

package io.sluice.demo.architecture.bad.policy;

/** A policy that another one builds on. */
public final class Second implements OrderingPolicy {}

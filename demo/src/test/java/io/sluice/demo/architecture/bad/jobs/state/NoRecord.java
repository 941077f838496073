package io.sluice.demo.architecture.bad.jobs.state;

/** A class where a record belongs. */
public final class NoRecord {}

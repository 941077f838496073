package io.sluice.demo.architecture.bad.apps.cli;

/** What every program may know. */
public final class Shared {}

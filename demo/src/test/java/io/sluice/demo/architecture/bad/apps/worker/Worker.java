package io.sluice.demo.architecture.bad.apps.worker;

/** A program that another one knows. */
public final class Worker {}

package io.sluice.demo.architecture.bad.apps.replay;

import io.sluice.demo.architecture.bad.apps.cli.Shared;
import io.sluice.demo.architecture.bad.apps.worker.Worker;

/** One program that knows another. */
public final class Replay {

    void start(Worker worker, Shared shared) {}
}

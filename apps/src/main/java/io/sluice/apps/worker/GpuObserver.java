package io.sluice.apps.worker;

import io.sluice.core.model.RunMeasures;

/** Hears what the engine does, for metrics. */
interface GpuObserver {

    /** A run got a slot for the first time. */
    void started(int promptTokens, int cachedTokens);

    /** A run produced its last token. */
    void finished(EngineTimes times, RunMeasures measures);

    /** A run ended without its last token: it was stopped, or it failed. */
    void aborted();
}

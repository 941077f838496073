package io.sluice.apps.trace.workload;

import io.sluice.apps.trace.RequestSource;
import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.file.FileTrace;

/** Where recorded traces come from. */
@FunctionalInterface
public interface TraceOpener {

    /** From their files, each time anew. */
    TraceOpener FILES = trace -> FileTrace.open(trace.path(), trace.options());

    /**
     * Opens a trace; whoever opens it closes it.
     *
     * @throws TraceException when it cannot be used
     */
    RequestSource open(TraceChoice.Recorded trace);
}

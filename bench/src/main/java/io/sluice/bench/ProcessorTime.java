package io.sluice.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Processor time of the thread that is measured, for each operation of an iteration. What else goes
 * on on the machine lengthens the time on the wall, but hardly this.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class ProcessorTime {

    /** Under which name an iteration tells it. */
    static final String NAME = "nanosPerTurn";

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long turns;
    private long since;
    private long nanos;

    /** An iteration begins. */
    @Setup(Level.Iteration)
    public void begin() {
        turns = 0;
        since = threads.getCurrentThreadCpuTime();
    }

    /** Counts an operation. */
    void turned() {
        turns++;
    }

    /** An iteration has ended. */
    @TearDown(Level.Iteration)
    public void end() {
        nanos = threads.getCurrentThreadCpuTime() - since;
    }

    /** Nanoseconds for each operation. */
    public double nanosPerTurn() {
        return turns == 0 ? 0 : (double) nanos / turns;
    }
}

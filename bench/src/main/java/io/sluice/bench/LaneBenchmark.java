package io.sluice.bench;

import io.sluice.core.kernel.LaneState;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.util.concurrent.TimeUnit;

/**
 * A request comes to a lane, and one is sent: all that the kernel does for it between router and
 * worker, with entries on the heap. Making the request is part of it, here as in {@link
 * PlainQueueBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LaneBenchmark {

    /** As {@link Scenario#label} writes it. */
    @Param("fcfs none never 100 64")
    public String scenario = "";

    /** Requests that wait. */
    @Param("100")
    public int depth;

    /** Whether the lane tells after each event what it must not forget, as it does in the job. */
    @Param("false")
    public boolean keepsState;

    private SteadyLane lane = new SteadyLane(Scenario.all().get(0), 0, false);

    /** Fills the lane. */
    @Setup
    public void fill() {
        lane = new SteadyLane(Scenario.parse(scenario), depth, keepsState);
    }

    /** One in, one out; returns what the compiler must not leave out. */
    @Benchmark
    public LaneState turn(ProcessorTime time) {
        time.turned();
        lane.turn();
        return lane.kept();
    }
}

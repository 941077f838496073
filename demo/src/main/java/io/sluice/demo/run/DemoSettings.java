package io.sluice.demo.run;

import io.sluice.apps.trace.workload.WorkloadSpec;
import io.sluice.core.policy.PolicyChoice;
import io.sluice.sim.engine.EngineProfile;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run shall be.
 *
 * @param workload what is replayed, how fast, and from which seed
 * @param requests at most so many of it
 * @param policies the policies of the scheduler job
 * @param instances the engines that are simulated; ids are given in this order
 * @param jobOptions options of the jobs, by key, over those that the demo sets
 * @param cluster where it all runs
 */
record DemoSettings(
        WorkloadSpec workload,
        long requests,
        PolicyChoice policies,
        List<EngineProfile> instances,
        Map<String, String> jobOptions,
        ClusterChoice cluster) {

    /** Fastest run that is sensible: an engine step is then a few microseconds. */
    private static final double MAX_SPEEDUP = 1000;

    /**
     * Where a run happens on this machine.
     *
     * @param brokerPort of the Kafka broker; 0 for any
     * @param webPort of Flink's web page; 0 for any
     * @param pagePort of the live page; 0 for any
     * @param metricsPort where Prometheus may read Flink's metrics; 0 for nowhere
     * @param parallelism subtasks of each operator of the scheduler job
     */
    record ClusterChoice(
            int brokerPort, int webPort, int pagePort, int metricsPort, int parallelism) {

        ClusterChoice {
            if (parallelism < 1 || parallelism > 64) {
                throw new IllegalArgumentException(
                        "--parallelism must be from 1 to 64, not " + parallelism);
            }
        }
    }

    /**
     * Checks everything that can be checked before anything is started.
     *
     * @throws IllegalArgumentException saying what is wrong and naming the choices
     */
    DemoSettings {
        instances = List.copyOf(instances);
        jobOptions = Map.copyOf(jobOptions);
        double speedup = workload.shaping().speedup();
        if (speedup > MAX_SPEEDUP) {
            throw new IllegalArgumentException("--speedup must be at most 1000, not " + speedup);
        }
    }

    /** What the trace's time and the engines' service times are divided by. */
    double speedup() {
        return workload.shaping().speedup();
    }

    /** The seed of all draws. */
    long seed() {
        return workload.shaping().seed();
    }

    /** The id of an instance, such as {@code gpu-1-a100-4b}. */
    String instanceId(int index) {
        String kind = instances.get(index).name().toLowerCase(Locale.ROOT);
        return "gpu-" + (index + 1) + "-" + kind.replace('_', '-');
    }
}

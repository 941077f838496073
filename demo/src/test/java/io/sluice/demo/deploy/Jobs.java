package io.sluice.demo.deploy;

import io.sluice.jobs.SchedulerJob;
import io.sluice.jobs.SlaJob;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The jobs by the names of their main classes. */
final class Jobs {

    private Jobs() {}

    /** Defines a job as its main class does, without submitting it. */
    static void define(String mainClass, StreamExecutionEnvironment env, String... arguments) {
        if (mainClass.equals(SchedulerJob.class.getName())) {
            SchedulerJob.define(env, arguments);
        } else if (mainClass.equals(SlaJob.class.getName())) {
            SlaJob.define(env, arguments);
        } else {
            throw unknown(mainClass);
        }
    }

    /** The name that the cluster shows. */
    static String name(String mainClass) {
        if (mainClass.equals(SchedulerJob.class.getName())) {
            return SchedulerJob.NAME;
        }
        if (mainClass.equals(SlaJob.class.getName())) {
            return SlaJob.NAME;
        }
        throw unknown(mainClass);
    }

    private static IllegalArgumentException unknown(String mainClass) {
        return new IllegalArgumentException("no job of ours: " + mainClass);
    }
}

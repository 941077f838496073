package io.sluice.jobs;

/**
 * Every option that any job has. Jobs share configuration files, so each accepts the keys of the
 * others.
 */
public final class JobOptions {

    private JobOptions() {}

    /** All options of all jobs. */
    public static OptionSet all() {
        return KafkaOptions.all().plus(SchedulerOptions.all()).plus(SlaOptions.all());
    }
}

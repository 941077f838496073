package io.sluice.jobs.scheduling;

import io.sluice.core.catalog.Catalog;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.PolicyChoice;
import io.sluice.core.routing.RoutingCatalog;
import io.sluice.jobs.SchedulerOptions;
import io.sluice.jobs.SettingsException;
import io.sluice.jobs.SettingsReader;

import org.apache.flink.configuration.ConfigOption;

/** The policies that the options of the scheduler job choose. */
final class PolicyOptions {

    private PolicyOptions() {}

    /**
     * Reads them, each by itself and then together.
     *
     * @throws SettingsException naming the option, what is wrong and the choices
     * @throws IllegalArgumentException if they do not go together, naming the choices
     */
    static PolicyChoice read(SettingsReader reader) {
        return new PolicyChoice(
                checked(reader, SchedulerOptions.ORDERING, PolicyCatalog.orderings()),
                checked(reader, SchedulerOptions.FAIRNESS, PolicyCatalog.fairness()),
                checked(reader, SchedulerOptions.ADMISSION, PolicyCatalog.admissions()),
                checked(reader, SchedulerOptions.PREEMPTION, PolicyCatalog.preemptions()),
                checked(reader, SchedulerOptions.BATCHING, PolicyCatalog.batchings()),
                checked(reader, SchedulerOptions.ROUTING, RoutingCatalog.policies()));
    }

    private static String checked(
            SettingsReader reader, ConfigOption<String> option, Catalog<?> catalog) {
        String specification = reader.get(option);
        try {
            catalog.make(specification);
            return specification;
        } catch (IllegalArgumentException e) {
            throw new SettingsException(
                    "%s = %s: %s".formatted(option.key(), specification, e.getMessage()), e);
        }
    }
}

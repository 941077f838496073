package io.sluice.apps.control;

import io.sluice.core.catalog.Catalog;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.routing.RoutingCatalog;
import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.ControlType;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** {@code sluice control policy}. */
@Command(
        name = "policy",
        description = {
            "Have the scheduler job decide by other policies from now on; what is not named stays as it"
                    + " is.",
            "",
            "Each policy is a name, or name:parameter=value,...",
            ""
        },
        footer = {
            "",
            "Prints the place of the order in the control topic. Decisions under the new policies name"
                    + " it as config_position; if they make no sense together with those that stay,"
                    + " nothing changes, and a dead letter says why."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class PolicyCommand implements Callable<Integer> {

    /** Of every change of policies, so that all lie in one partition. */
    private static final String KEY = "policy";

    @Option(names = "--policy", paramLabel = "NAME", description = "Who goes first in a lane.")
    private @Nullable String ordering;

    @Option(
            names = "--fairness",
            paramLabel = "NAME",
            description = "Whose turn it is among tenants.")
    private @Nullable String fairness;

    @Option(names = "--admission", paramLabel = "NAME", description = "Who is let into a lane.")
    private @Nullable String admission;

    @Option(
            names = "--preemption",
            paramLabel = "NAME",
            description = "When a run is interrupted for another.")
    private @Nullable String preemption;

    @Option(names = "--batching", paramLabel = "NAME", description = "When what waits is sent.")
    private @Nullable String batching;

    @Option(names = "--routing", paramLabel = "NAME", description = "How an instance is chosen.")
    private @Nullable String routing;

    @Mixin private OrderOptions options = new OrderOptions();

    @Spec private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        ControlEvent order = order();
        String place = options.send(KEY, order);
        command().commandLine().getOut().println("written to " + place);
        return 0;
    }

    private ControlEvent order() {
        if (Stream.of(ordering, fairness, admission, preemption, batching, routing)
                .allMatch(Objects::isNull)) {
            throw wrong(
                    "name at least one of --policy, --fairness, --admission, --preemption, --batching, --routing");
        }
        return options.order(ControlType.POLICY)
                .setOrderingPolicy(known(ordering, PolicyCatalog.orderings()))
                .setFairnessPolicy(known(fairness, PolicyCatalog.fairness()))
                .setAdmissionPolicy(known(admission, PolicyCatalog.admissions()))
                .setPreemptionPolicy(known(preemption, PolicyCatalog.preemptions()))
                .setBatchingPolicy(known(batching, PolicyCatalog.batchings()))
                .setRoutingPolicy(known(routing, RoutingCatalog.policies()))
                .build();
    }

    private @Nullable String known(@Nullable String specification, Catalog<?> catalog) {
        if (specification == null) {
            return null;
        }
        try {
            catalog.make(specification);
            return specification;
        } catch (IllegalArgumentException exception) {
            throw wrong(Objects.requireNonNull(exception.getMessage(), "says what is wrong"));
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command().commandLine(), message);
    }

    private CommandSpec command() {
        return Objects.requireNonNull(command, "set by picocli");
    }
}

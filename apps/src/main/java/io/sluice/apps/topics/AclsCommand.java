package io.sluice.apps.topics;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.cli.KafkaOptions;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/** {@code sluice topics acls}. */
@Command(
        name = "acls",
        description = {
            "Print what a component has to be allowed on Kafka, and no more, as calls of kafka-acls.sh.",
            "",
            "With --apply the entries are added to the broker instead. Components:"
                    + " scheduler-job, sla-job, worker, client, operator, page, page-orders,"
                    + " alert-receiver, spans, explain, audit, sla-verify, redrive, topics-create,"
                    + " topics-check.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class AclsCommand implements Callable<Integer> {

    @Parameters(paramLabel = "COMPONENT", description = "Which component.")
    private String component = "";

    @Option(
            names = "--principal",
            paramLabel = "TYPE:NAME",
            required = true,
            description = "Who it logs in as, such as User:scheduler.")
    private String principal = "";

    @Option(names = "--apply", description = "Add the entries, instead of printing them.")
    private boolean apply;

    @Mixin private KafkaOptions kafka = new KafkaOptions();

    @Spec private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        if (!principal.matches("[^:']+:[^']+")) {
            throw wrong("--principal '%s' is not of the form TYPE:NAME".formatted(principal));
        }
        List<Grant> grants = chosen().grants();
        KafkaAccess access = kafka.access();
        PrintWriter out = command().commandLine().getOut();
        if (apply) {
            apply(grants, access);
            out.printf("added %d entries for %s%n", grants.size(), principal);
        } else {
            for (Grant grant : grants) {
                out.printf(
                        "kafka-acls.sh --bootstrap-server %s %s%n",
                        access.bootstrapServers(), grant.arguments(access.prefix(), principal));
            }
        }
        out.flush();
        return 0;
    }

    private Component chosen() {
        for (Component each : Component.values()) {
            if (each.word().equals(component)) {
                return each;
            }
        }
        throw wrong(
                "there is no component '%s'; choose one of %s"
                        .formatted(
                                component,
                                Arrays.stream(Component.values())
                                        .map(Component::word)
                                        .collect(Collectors.joining(", "))));
    }

    private void apply(List<Grant> grants, KafkaAccess access) {
        List<AclBinding> bindings =
                grants.stream().map(grant -> grant.binding(access.prefix(), principal)).toList();
        try (Admin admin = access.admin()) {
            admin.createAcls(bindings).all().get();
        } catch (ExecutionException exception) {
            throw access.failure(exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted while adding entries", exception);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command().commandLine(), message);
    }

    private CommandSpec command() {
        return Objects.requireNonNull(command, "set by picocli");
    }
}

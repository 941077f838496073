package io.sluice.apps.topics;

import io.sluice.apps.cli.Console;
import io.sluice.core.docs.RenderedPart;
import io.sluice.schemas.TopicPrefix;

import org.apache.kafka.common.acl.AclOperation;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What is told of who needs what: on the console, and in the documentation. */
class AclDocumentationTest {

    @Test
    void theTableOfPermissionsIsTheCode() throws IOException {
        String rows = Stream.of(Component.values()).map(this::row).collect(Collectors.joining());
        RenderedPart.table("docs/security.md", "permissions")
                .mustBe(
                        "\n| Component | Who | READ | WRITE | Other |\n|---|---|---|---|---|\n"
                                + rows
                                + "\n",
                        "apps",
                        "AclDocumentationTest");
    }

    private String row(Component component) {
        return "| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        component.word(),
                        component.who(),
                        topics(component, AclOperation.READ),
                        topics(component, AclOperation.WRITE),
                        others(component));
    }

    private static boolean isTopic(Grant grant, AclOperation operation) {
        return grant.inInstallation()
                && grant.operation() == operation
                && grant.arguments(TopicPrefix.DEFAULT, "User:x").contains("--topic");
    }

    private static String topics(Component component, AclOperation operation) {
        return component.grants().stream()
                .filter(grant -> isTopic(grant, operation))
                .map(Grant::name)
                .collect(Collectors.joining(", "));
    }

    private static String others(Component component) {
        List<String> texts = new ArrayList<>();
        for (AclOperation operation :
                List.of(
                        AclOperation.CREATE,
                        AclOperation.DESCRIBE,
                        AclOperation.DESCRIBE_CONFIGS)) {
            if (!topics(component, operation).isEmpty()) {
                texts.add(operation + ": all topics");
            }
        }
        for (Grant grant : component.grants()) {
            if (!isTopic(grant, grant.operation())) {
                texts.add(
                        "%s: %s `%s`%s"
                                .formatted(
                                        grant.operation(),
                                        grant.type()
                                                .name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', ' '),
                                        grant.resource(TopicPrefix.DEFAULT),
                                        grant.pattern().name().equals("PREFIXED")
                                                ? " (prefixed)"
                                                : ""));
            }
        }
        return String.join("; ", texts);
    }

    @Test
    void printsCallsOfKafkasOwnTool() {
        assertThat(Console.run("topics", "acls", "worker", "--principal=User:w").out())
                .containsExactly(
                        "kafka-acls.sh --bootstrap-server localhost:9092 --add --allow-principal 'User:w' --operation Read --topic 'inference.dispatch'",
                        "kafka-acls.sh --bootstrap-server localhost:9092 --add --allow-principal 'User:w' --operation Write --topic 'inference.worker-events'");
        assertThat(
                        Console.run(
                                        "topics",
                                        "acls",
                                        "scheduler-job",
                                        "--principal=User:s",
                                        "--topic-prefix=two.")
                                .out())
                .contains(
                        "kafka-acls.sh --bootstrap-server localhost:9092 --add --allow-principal 'User:s' --operation Write --transactional-id 'two.sluice-outcomes' --resource-pattern-type prefixed",
                        "kafka-acls.sh --bootstrap-server localhost:9092 --add --allow-principal 'User:s' --operation Read --group 'sluice-scheduler'");
        assertThat(Console.run("topics", "acls", "topics-check", "--principal=User:t").out())
                .contains(
                        "kafka-acls.sh --bootstrap-server localhost:9092 --add --allow-principal 'User:t' --operation DescribeConfigs --cluster");
    }

    @Test
    void helpNamesEveryComponent() {
        String help = String.join(" ", Console.run("topics", "acls", "--help").out());

        assertThat(Component.values())
                .allSatisfy(component -> assertThat(help).contains(component.word()));
    }
}

package io.sluice.apps.topics;

import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;

import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

import java.util.Locale;

/**
 * One thing that a component does with one resource.
 *
 * @param operation what it does; the weaker ones that Kafka infers from it are not listed
 * @param type of the resource
 * @param pattern whether the name is whole
 * @param name of the resource
 * @param inInstallation whether the name begins with the prefix of the installation
 */
record Grant(
        AclOperation operation,
        ResourceType type,
        PatternType pattern,
        String name,
        boolean inInstallation) {

    static Grant on(Topic topic, AclOperation operation) {
        return new Grant(operation, ResourceType.TOPIC, PatternType.LITERAL, topic.suffix(), true);
    }

    /** What remembers in a consumer group how far it is. */
    static Grant group(String name) {
        return new Grant(AclOperation.READ, ResourceType.GROUP, PatternType.LITERAL, name, false);
    }

    /** What writes in transactions, by ids that begin so. */
    static Grant transactions(String name) {
        return new Grant(
                AclOperation.WRITE,
                ResourceType.TRANSACTIONAL_ID,
                PatternType.PREFIXED,
                name,
                true);
    }

    static Grant cluster(AclOperation operation) {
        return new Grant(
                operation, ResourceType.CLUSTER, PatternType.LITERAL, Resource.CLUSTER_NAME, false);
    }

    /** The entry that lets somebody do it in an installation, from wherever. */
    AclBinding binding(TopicPrefix prefix, String principal) {
        return new AclBinding(
                new ResourcePattern(type, resource(prefix), pattern),
                new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
    }

    /** The same for Kafka's own tool, without the words that say which broker. */
    String arguments(TopicPrefix prefix, String principal) {
        String on = type == ResourceType.CLUSTER ? "" : " '" + resource(prefix) + "'";
        String how = pattern == PatternType.PREFIXED ? " --resource-pattern-type prefixed" : "";
        return "--add --allow-principal '%s' --operation %s --%s%s%s"
                .formatted(principal, camel(operation.name()), option(), on, how);
    }

    /** The resource in an installation. */
    String resource(TopicPrefix prefix) {
        return inInstallation ? prefix.value() + name : name;
    }

    private String option() {
        return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String camel(String name) {
        StringBuilder words = new StringBuilder();
        for (String word : name.split("_", -1)) {
            words.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return words.toString();
    }
}

package io.sluice.demo.broker;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * The partitions of all topics, the brokers' own included, and who has a copy of each.
 *
 * @param partitions as the broker that was asked knows them
 */
public record PartitionCopies(List<TopicPartitionInfo> partitions) {

    private static final int TIMEOUT_MILLIS = 10_000;

    /** Copies the list. */
    public PartitionCopies {
        partitions = List.copyOf(partitions);
    }

    /**
     * Asks whoever of a cluster answers.
     *
     * @param bootstrapServers of all its brokers
     * @throws ExecutionException if nobody does within seconds
     */
    public static PartitionCopies of(String bootstrapServers)
            throws ExecutionException, InterruptedException {
        Map<String, Object> client =
                Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS,
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        try (Admin admin = Admin.create(client)) {
            return of(admin);
        }
    }

    /**
     * Asks a broker.
     *
     * @throws ExecutionException if it does not answer, or a topic is deleted meanwhile
     */
    public static PartitionCopies of(Admin admin) throws ExecutionException, InterruptedException {
        Set<String> topics =
                admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
        return new PartitionCopies(
                admin.describeTopics(topics).allTopicNames().get().values().stream()
                        .flatMap(topic -> topic.partitions().stream())
                        .toList());
    }

    /** Whether a node has all of every partition that it keeps a copy of. */
    boolean areInSyncOn(int node) {
        return partitions.stream()
                .filter(partition -> has(partition.replicas(), node))
                .allMatch(partition -> has(partition.isr(), node));
    }

    /** How many partitions have a copy that is away or behind. */
    public long behind() {
        return partitions.stream()
                .filter(partition -> partition.isr().size() < partition.replicas().size())
                .count();
    }

    /** In words. */
    public String summary() {
        return behind() == 0
                ? "all copies of %d partitions in sync".formatted(partitions.size())
                : "%d of %d partitions lack a copy, or have one that is behind"
                        .formatted(behind(), partitions.size());
    }

    private static boolean has(List<Node> nodes, int id) {
        return nodes.stream().anyMatch(node -> node.id() == id);
    }
}

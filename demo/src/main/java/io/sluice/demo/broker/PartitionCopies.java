package io.sluice.demo.broker;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * The partitions of all topics, the brokers' own included, and who has a copy of each.
 *
 * @param partitions as the broker that was asked knows them
 */
public record PartitionCopies(List<TopicPartitionInfo> partitions) {

    /** Copies the list. */
    public PartitionCopies {
        partitions = List.copyOf(partitions);
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

    private static boolean has(List<Node> nodes, int id) {
        return nodes.stream().anyMatch(node -> node.id() == id);
    }
}

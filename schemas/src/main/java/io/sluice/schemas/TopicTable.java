package io.sluice.schemas;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The catalogue of topics as a table in Markdown, for the documentation and the terminal. */
public final class TopicTable {
    private static final List<String> COLUMNS =
            List.of(
                    "Topic",
                    "Key",
                    "Value",
                    "Content",
                    "Partitions",
                    "Cleanup",
                    "Timestamp",
                    "Retention",
                    "Delivery",
                    "Written by",
                    "Read by");

    private TopicTable() {}

    /**
     * Renders all topics, one a row.
     *
     * @param prefix prefix of the names shown
     * @return the lines of the table, each ended by a line feed
     */
    public static String markdown(TopicPrefix prefix) {
        Stream<List<String>> head = Stream.of(COLUMNS, COLUMNS.stream().map(c -> "---").toList());
        Stream<List<String>> rows = Stream.of(Topic.values()).map(topic -> row(topic, prefix));
        return Stream.concat(head, rows).map(TopicTable::line).collect(Collectors.joining());
    }

    private static List<String> row(Topic topic, TopicPrefix prefix) {
        TopicMessage message = topic.message();
        TopicStorage storage = topic.storage();
        return List.of(
                "`" + topic.name(prefix) + "`",
                message.key(),
                topic.valueClass()
                        .map(record -> "`" + record.getSimpleName() + "`")
                        .orElse("bytes"),
                message.content(),
                Integer.toString(storage.partitions()),
                storage.cleanup().configValue(),
                storage.timestampType().configValue(),
                storage.retention().map(TopicTable::days).orElse("for ever"),
                topic.flow().delivery().toString(),
                topic.flow().producers(),
                topic.flow().consumers());
    }

    private static String days(Duration retention) {
        return retention.toDays() + " d";
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}

package io.sluice.jobs;

import io.sluice.jobs.testing.KeptState;

import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The page on state names every operator, and exactly the state that the operators keep. */
class StateDocumentationTest {

    private static final Path PAGE =
            Path.of(System.getProperty("basedir", "."), "..", "docs", "state-and-upgrades.md");
    private static final Pattern ROW =
            Pattern.compile("\\| `([a-z-]+)` \\| `([a-z-]+)` \\| ([a-z ]+) \\| `(\\w+)` \\|");

    @Test
    void theTableOfStateIsWhatASnapshotHolds() throws Exception {
        List<KeptState> kept = new ArrayList<>(KeptState.of(JobGraphs.scheduler()));
        kept.addAll(KeptState.of(JobGraphs.sla()));

        assertThat(kept).extracting(KeptState::name).contains("entries", "journal", "windows");
        assertThat(documented()).containsExactlyInAnyOrderElementsOf(kept);
    }

    @Test
    void everyUidIsNamed() throws IOException {
        String text = Files.readString(PAGE);

        assertThat(List.of(JobGraphs.scheduler(), JobGraphs.sla()))
                .flatExtracting(StreamGraph::getStreamNodes)
                .extracting(StreamNode::getTransformationUID)
                // A committer's uid is derived from its sink's.
                .filteredOn(uid -> !uid.startsWith("Sink Committer: "))
                .allSatisfy(uid -> assertThat(text).contains("`" + uid + "`"));
    }

    private static List<KeptState> documented() throws IOException {
        List<KeptState> rows = new ArrayList<>();
        Matcher matcher = ROW.matcher(Files.readString(PAGE));
        while (matcher.find()) {
            rows.add(
                    new KeptState(
                            matcher.group(1),
                            matcher.group(2),
                            matcher.group(3),
                            matcher.group(4)));
        }
        return rows;
    }
}

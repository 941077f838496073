package io.sluice.jobs;

import io.sluice.jobs.testing.Backend;
import io.sluice.jobs.testing.KeptState;
import io.sluice.jobs.testing.OperatorSavepoint;
import io.sluice.jobs.testing.StateShape;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every layout that the state of the jobs has ever had is committed, as savepoints, and restored by
 * the code of today. {@code -Dsluice.state.write=true} commits the layout of today under the next
 * number.
 */
class StateHistoryTest {

    private static final Path HISTORY =
            Path.of(System.getProperty("basedir", "."), "src", "test", "resources", "state");
    private static final String SHAPE = "states.txt";
    private static final Map<String, List<StateMetaInfoSnapshot>> TODAY = new TreeMap<>();

    @BeforeAll
    static void writeIfAsked() throws Exception {
        TODAY.putAll(KeptState.metas(JobGraphs.scheduler()));
        TODAY.putAll(KeptState.metas(JobGraphs.sla()));
        if (Boolean.getBoolean("sluice.state.write")) {
            write(HISTORY.resolve("" + (versions().size() + 1)));
        }
    }

    @Test
    void theLayoutOfStateIsTheOneCommittedLast() throws Exception {
        List<Path> versions = versions();
        Path newest = versions.get(versions.size() - 1);

        assertThat(StateShape.of(TODAY))
                .as(
                        """
                        the state of the jobs has changed. docs/state-and-upgrades.md says what \
                        may; if this may, commit the new layout beside the old ones, which stay:
                        ./mvnw -pl jobs -am test -Dtest=StateHistoryTest -Dsluice.state.write=true \
                        -Dsurefire.failIfNoSpecifiedTests=false
                        """)
                .isEqualTo(Files.readAllLines(newest.resolve(SHAPE)));
    }

    @ParameterizedTest(name = "written on {0}, restored on {1}")
    @CsvSource({"HASHMAP,HASHMAP", "HASHMAP,ROCKSDB", "ROCKSDB,HASHMAP", "ROCKSDB,ROCKSDB"})
    void everyLayoutIsRestored(Backend writtenOn, Backend restoredOn) throws Exception {
        for (Path version : versions()) {
            for (String uid : operators(version)) {
                List<StateMetaInfoSnapshot> today = TODAY.getOrDefault(uid, List.of());
                OperatorSubtaskState savepoint = savepoint(version, uid, writtenOn);
                Map<String, String> restored = OperatorSavepoint.read(restoredOn, savepoint, today);

                Map<String, String> written = lines(version.resolve(uid + ".txt"));
                assertThat(written).as("specimens of %s", uid).isNotEmpty();
                assertThat(StateShape.lost(written, restored))
                        .as("of %s, layout %s", uid, version.getFileName())
                        .isEmpty();
            }
        }
    }

    private static void write(Path version) throws Exception {
        Files.createDirectories(version);
        Files.write(version.resolve(SHAPE), StateShape.of(TODAY));
        for (Map.Entry<String, List<StateMetaInfoSnapshot>> operator : TODAY.entrySet()) {
            for (Backend backend : Backend.values()) {
                OperatorSnapshotUtil.writeStateHandle(
                        OperatorSavepoint.take(backend, operator.getValue()),
                        file(version, operator.getKey(), backend).toString());
            }
            List<String> lines = new ArrayList<>();
            OperatorSavepoint.specimens(operator.getValue())
                    .forEach((path, value) -> lines.add(path + " = " + value));
            Files.write(version.resolve(operator.getKey() + ".txt"), lines);
        }
    }

    private static OperatorSubtaskState savepoint(Path version, String uid, Backend backend)
            throws Exception {
        return OperatorSnapshotUtil.readStateHandle(file(version, uid, backend).toString());
    }

    private static Path file(Path version, String uid, Backend backend) {
        return version.resolve(uid + "." + backend.configurationName());
    }

    private static Map<String, String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.split(" = ", 2))
                .collect(Collectors.toMap(line -> line[0], line -> line[1]));
    }

    private static List<String> operators(Path version) throws IOException {
        try (Stream<Path> files = Files.list(version)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".txt") && !name.equals(SHAPE))
                    .map(name -> name.substring(0, name.length() - ".txt".length()))
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> versions() throws IOException {
        if (!Files.exists(HISTORY)) {
            return List.of();
        }
        try (Stream<Path> versions = Files.list(HISTORY)) {
            return versions.sorted(
                            Comparator.comparingInt(
                                    it -> Integer.parseInt(it.getFileName().toString())))
                    .toList();
        }
    }
}

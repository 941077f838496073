package io.sluice.schemas;

import org.apache.avro.Schema;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Every schema is released, and every release is compatible with all before it. With the system
 * property {@value #RELEASE} a schema that has changed is added to the history: {@code next} adds a
 * version, {@code amend} replaces the newest, which is right only while no one has it.
 */
class SchemaHistoryTest {
    private static final String RELEASE = "sluice.schemas.release";

    private final SchemaRelease release = new SchemaRelease(SchemaSources.historyFolder());

    static List<String> records() {
        return SchemaSources.records();
    }

    @ParameterizedTest
    @MethodSource("records")
    void currentSchemaIsTheNewestRelease(String record) throws IOException {
        Schema current = SchemaSources.current(record);
        List<Integer> versions = release.versions(record);
        int newest = versions.isEmpty() ? 0 : versions.get(versions.size() - 1);
        boolean same =
                newest > 0
                        && SchemaSources.contract(release.read(record, newest))
                                .equals(SchemaSources.contract(current));
        String mode = System.getProperty(RELEASE, "");
        if (!same && !mode.isEmpty()) {
            release(record, mode, newest);
            return;
        }
        assertThat(same)
                .as(
                        "%s.avsc differs from version %d in the history; if that is meant, release it"
                                + " as docs/schemas-and-topics.md says, with -D%s=next",
                        record, newest, RELEASE)
                .isTrue();
    }

    private void release(String record, String mode, int newest) throws IOException {
        Schema current = SchemaSources.current(record);
        assertThat(mode).isIn("next", "amend");
        int version = mode.equals("amend") && newest > 0 ? newest : newest + 1;
        assertThat(Compatibility.problems(current, before(record, version))).isEmpty();
        release.write(record, version, current);
    }

    @ParameterizedTest
    @MethodSource("records")
    void currentSchemaIsFullyCompatibleWithAllReleases(String record) throws IOException {
        List<Schema> all = before(record, Integer.MAX_VALUE);
        assertThat(Compatibility.problems(SchemaSources.current(record), all)).isEmpty();
    }

    private List<Schema> before(String record, int version) throws IOException {
        List<Integer> numbers = release.versions(record).stream().filter(n -> n < version).toList();
        List<Schema> schemas = new ArrayList<>();
        for (int number : numbers) {
            schemas.add(release.read(record, number));
        }
        return schemas;
    }

    @Test
    void indexNamesEveryReleaseAndNothingElse() throws IOException {
        List<String> index = Files.readAllLines(SchemaSources.historyFolder().resolve("index.txt"));
        assertThat(index).isEqualTo(release.listing());
    }

    @ParameterizedTest
    @MethodSource("records")
    void shippedHistoryHoldsEveryRelease(String record) throws IOException {
        assertThat(SchemaHistory.shipped().versions(record))
                .isEqualTo(before(record, Integer.MAX_VALUE))
                .isNotEmpty();
    }

    @Test
    void knowsNothingOfARecordThatWasNeverReleased() {
        assertThat(SchemaHistory.shipped().versions("NoSuchRecord")).isEmpty();
    }

    @Test
    void aBrokenHistoryIsRefusedWithTheResourceNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> SchemaHistory.load("/no-such-folder"))
                .withMessageContaining("/no-such-folder/index.txt");
        assertThatIllegalStateException()
                .isThrownBy(() -> SchemaHistory.load("/history-with-gap"))
                .withMessageContaining("ConfigEvent")
                .withMessageContaining("[2]");
        assertThatIllegalStateException()
                .isThrownBy(() -> SchemaHistory.load("/history-with-no-schema"))
                .withMessageContaining("ConfigEvent/1.avsc");
    }
}

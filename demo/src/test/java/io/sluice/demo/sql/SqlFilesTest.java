package io.sluice.demo.sql;

import io.sluice.demo.broker.EmbeddedBroker;

import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 4, unit = TimeUnit.MINUTES)
class SqlFilesTest {

    private static final String BOUNDED = "/*+ OPTIONS('scan.bounded.mode' = 'latest-offset') */";

    private static EmbeddedBroker broker;
    private static TableEnvironment batch;

    @BeforeAll
    static void fillTheTopics() throws Exception {
        broker = EmbeddedBroker.temporary();
        CraftedLog.write(broker.bootstrapServers());
        batch = environment(EnvironmentSettings.inBatchMode());
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static TableEnvironment environment(EnvironmentSettings settings) throws IOException {
        TableEnvironment tables = TableEnvironment.create(settings);
        tables.getConfig().set("parallelism.default", "1");
        tables.getConfig().set("table.local-time-zone", "UTC");
        // With a planner that is a patch older than Flink a batch join does not end with these.
        tables.getConfig().set("table.optimizer.adaptive-broadcast-join.strategy", "none");
        tables.getConfig().set("table.optimizer.skewed-join-optimization.strategy", "none");
        // A failure is to be seen, not tried again for ever.
        tables.getConfig().set("restart-strategy.type", "disable");
        for (String table : SqlFiles.tables(broker.bootstrapServers())) {
            tables.executeSql(table);
        }
        return tables;
    }

    @Test
    void everyTopicHasATableThatCanBeRead() throws Exception {
        List<Row> tables = rows("SHOW TABLES");
        assertThat(tables).hasSizeGreaterThan(10);
        for (Row table : tables) {
            assertThat(
                            batch.explainSql(
                                    "SELECT * FROM `%s` %s".formatted(table.getField(0), BOUNDED)))
                    .contains("TableSourceScan");
        }
    }

    @Test
    void slowestTenants() throws Exception {
        List<Row> rows = rows(SqlFiles.query("slowest-tenants"));

        assertThat(texts(rows))
                .containsExactlyInAnyOrder(
                        "+I[acme, 4, 3, 2000.0, 2980.0, 20]",
                        "+I[slow & <co>, 1, 0, null, null, 14000]");
    }

    @Test
    void missesByCause() throws Exception {
        assertThat(texts(rows(SqlFiles.query("misses-by-cause"))))
                .containsExactlyInAnyOrder(
                        "+I[Completed, , 1, 1, 0, 0, 2026-01-01T00:00:10Z]",
                        "+I[EvictedTTL, , 1, 0, 0, 0, 2026-01-01T00:00:15Z]");
    }

    @Test
    void costByModel() throws Exception {
        List<Row> rows = rows(SqlFiles.query("cost-by-model"));

        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).getField("requests")).isEqualTo(3L);
        assertThat(rows.get(0).getField("output_tokens")).isEqualTo(1_500);
        // 3,000 tokens in at 0.10 and 1,500 out at 0.40 a million.
        assertThat(((Number) rows.get(0).getField("cost")).doubleValue()).isEqualTo(0.0009);
    }

    @Test
    void longestWaitsWithTheDecisionsAboutThem() throws Exception {
        List<String> rows = texts(rows(SqlFiles.query("longest-waits")));

        assertThat(rows)
                .hasSize(4)
                .startsWith(
                        "+I[slow & <co>, r-3, 14000, EvictedTTL, null, null, null, null, null]",
                        "+I[acme, r-2, 20, Completed, gpu-1, fcfs, 7, null, first come]");
    }

    @Test
    void newestWindows() throws Exception {
        assertThat(texts(rows(SqlFiles.query("newest-windows"))))
                .containsExactly(
                        "+I[2026-01-01T00:00:00Z, 2026-01-01T00:00:10Z, ALL, all, 4, 300.0, 0.75, true]");
    }

    @Test
    void releasedByInstance() throws Exception {
        assertThat(texts(rows(SqlFiles.query("released-by-instance"))))
                .containsExactly("+I[gpu-1, EXPIRED, 1, 2026-01-01T00:00:00Z]");
    }

    @Test
    void liveOutcomesAreToldWindowByWindow() throws Exception {
        TableEnvironment live = environment(EnvironmentSettings.inStreamingMode());
        List<String> told = new ArrayList<>();
        try (CloseableIterator<Row> rows =
                live.executeSql(SqlFiles.query("live-outcomes")).collect()) {
            while (told.size() < 3) {
                told.add(rows.next().toString());
            }
        }
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "+I[2026-01-01T00:00, Completed, 2, 150.0]",
                        "+I[2026-01-01T00:00:10, Completed, 1, 300.0]",
                        "+I[2026-01-01T00:00:10, EvictedTTL, 1, null]");
    }

    @Test
    void everyQueryIsTriedHere() throws Exception {
        assertThat(SqlFiles.queries())
                .containsExactly(
                        "cost-by-model",
                        "live-outcomes",
                        "longest-waits",
                        "misses-by-cause",
                        "newest-windows",
                        "released-by-instance",
                        "slowest-tenants");
    }

    private static List<Row> rows(String statement) throws Exception {
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = batch.executeSql(statement).collect()) {
            result.forEachRemaining(rows::add);
        }
        return rows;
    }

    private static List<String> texts(List<Row> rows) {
        return rows.stream().map(Row::toString).toList();
    }
}

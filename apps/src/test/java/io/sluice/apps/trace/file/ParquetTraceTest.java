package io.sluice.apps.trace.file;

import io.sluice.apps.trace.Caller;
import io.sluice.apps.trace.Message;
import io.sluice.apps.trace.RejectReason;
import io.sluice.apps.trace.file.Fixtures.Read;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Parquet, in the nested schema of LMSYS-Chat-1M: written here, as its licence forbids passing on a
 * part of it.
 */
class ParquetTraceTest {

    @TempDir private Path folder;

    @Test
    void lmsysChatIsReadFromItsNestedSchema() throws SQLException {
        Path file = folder.resolve("train-00000-of-00006.parquet");
        write(
                """
                SELECT 'c' || i AS conversation_id, 'vicuna-13b' AS model,
                  CASE WHEN i = 2 THEN [] ELSE
                    [{'content': 'Tell me a joke, number ' || i, 'role': 'user'},
                     {'content': CASE WHEN i = 3 THEN '' ELSE 'Knock, knock.' END, 'role': 'assistant'}] END AS conversation,
                  1::BIGINT AS turn, 'English' AS language,
                  [{'categories': {'harassment/threatening': false, 'self-harm': false},
                    'category_scores': {'harassment/threatening': 0.1, 'self-harm': 0.2}, 'flagged': false}] AS openai_moderation,
                  false AS redacted
                FROM range(1, 5000) t(i)
                """,
                file);
        Read trace = Fixtures.read(file, TraceOptions.defaults());
        assertThat(trace.format()).isEqualTo(TraceFormat.LMSYS);
        assertThat(trace.hasArrivals()).isFalse();
        assertThat(trace.stats().rowsRead()).isEqualTo(4999);
        assertThat(trace.stats().rejected())
                .isEqualTo(Map.of(RejectReason.NO_USER_MESSAGE, 1L, RejectReason.ZERO_OUTPUT, 1L));
        assertThat(trace.request(0).caller()).isEqualTo(new Caller(null, "vicuna-13b", "c1", null));
        assertThat(trace.request(1).sourceLine()).isEqualTo(4);
        assertThat(trace.request(4996).messages())
                .containsExactly(Message.user("Tell me a joke, number 4999"));
        assertThat(trace.lengths().get(0)).isEqualTo("6/4");
    }

    @Test
    void anyFormatMayBeParquet() throws SQLException {
        Path file = folder.resolve("azure.parquet");
        write(
                """
                SELECT TIMESTAMPTZ '2024-05-10 00:00:00.009930+00' + to_seconds(i) AS "TIMESTAMP",
                  100 + i AS "ContextTokens", 7 AS "GeneratedTokens" FROM range(3) t(i)
                """,
                file);
        Read trace = Fixtures.read(file, TraceOptions.defaults());
        assertThat(trace.arrivalMillis()).containsExactly(0.0, 1000.0, 2000.0);
        assertThat(trace.lengths()).containsExactly("100/7", "101/7", "102/7");
    }

    private static void write(String query, Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (" + query + ") TO '" + file + "' (FORMAT parquet)");
        }
    }
}

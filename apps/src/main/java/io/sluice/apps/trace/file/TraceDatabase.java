package io.sluice.apps.trace.file;

import io.sluice.apps.trace.TraceException;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * An in-memory DuckDB that streams one file. One thread and no spill directory: a scan then keeps
 * the order of the file, needs a few read buffers whatever the file's size, and writes nothing to
 * disk. Extensions are never fetched: those needed are built in.
 */
final class TraceDatabase implements AutoCloseable {

    /** All that a streaming query says of any failure at its first rows. */
    private static final String VAGUE = "Invalid result set";

    private final Connection connection;

    TraceDatabase() {
        try {
            connection = connect(true);
        } catch (SQLException e) {
            throw new TraceException("the trace reader cannot start: " + firstLine(e), e);
        }
    }

    private static Connection connect(boolean streaming) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("jdbc_stream_results", String.valueOf(streaming));
        settings.setProperty("threads", "1");
        settings.setProperty("preserve_insertion_order", "true");
        settings.setProperty("memory_limit", "512MB");
        settings.setProperty("temp_directory", "");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        return DriverManager.getConnection("jdbc:duckdb:", settings);
    }

    /** Starts a query; closing the result closes its statement. */
    ResultSet stream(String sql) throws SQLException {
        Statement statement = connection.createStatement();
        try {
            statement.closeOnCompletion();
            return statement.executeQuery(sql);
        } catch (SQLException e) {
            statement.close();
            throw String.valueOf(e.getMessage()).contains(VAGUE) ? explained(sql, e) : e;
        }
    }

    /** The same query without streaming says what went wrong. */
    private static SQLException explained(String sql, SQLException vague) {
        try (Connection plain = connect(false);
                Statement statement = plain.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT count(COLUMNS(*)) FROM (" + sql + ")")) {
            return rows.next() ? vague : new SQLException("no rows", vague);
        } catch (SQLException clear) {
            return clear;
        }
    }

    /** First column of a small result. */
    List<String> strings(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = stream(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    /**
     * What a user needs of a DuckDB message: its first line, without advice about options of a
     * parser they do not see.
     */
    static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown reason");
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new TraceException("the trace reader cannot stop: " + firstLine(e), e);
        }
    }
}

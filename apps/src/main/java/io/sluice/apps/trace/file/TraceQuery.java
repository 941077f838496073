package io.sluice.apps.trace.file;

import io.sluice.apps.trace.file.FormatSpec.ArrivalColumn;
import io.sluice.apps.trace.file.FormatSpec.MessageKeys;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The SQL that reads a trace file: one streaming scan with the same columns for every format.
 * Column 1 is the position, 2 says that a line is blank, 3 holds what is wrong with the row as a
 * whole, then one column per {@link Field} (two for messages).
 *
 * <p>CSV and JSON lines are scanned as lines and each is taken apart by itself, rather than by the
 * CSV or JSON reader: a broken line then costs that line alone, and its number is known.
 */
final class TraceQuery {

    /** Position in the file, from 1. */
    static final int POSITION = 1;

    /** Whether the line is blank. */
    static final int BLANK = 2;

    /** What is wrong with the whole row, or null. */
    static final int DEFECT = 3;

    /**
     * Longest line or JSON object in bytes: above the longest known conversation, below what would
     * strain memory.
     */
    static final int LONGEST_ROW_BYTES = 16 << 20;

    /**
     * The reader's own limit lies above ours, so that which lines are too long is decided here
     * alone.
     */
    private static final int READER_SLACK_BYTES = 1 << 20;

    private static final Map<Field, Integer> COLUMNS = columns();

    private final TraceLayout layout;
    private final FormatSpec spec;

    private TraceQuery(TraceLayout layout) {
        this.layout = layout;
        this.spec = layout.format().spec();
    }

    private static Map<Field, Integer> columns() {
        Map<Field, Integer> columns = new EnumMap<>(Field.class);
        int next = DEFECT;
        for (Field field : Field.values()) {
            columns.put(field, ++next);
        }
        return columns;
    }

    /** The scan of a whole file. */
    static String scan(TraceLayout layout) {
        return new TraceQuery(layout).sql();
    }

    /** Column of a field; messages take this one and the next. */
    static int column(Field field) {
        return COLUMNS.getOrDefault(field, 0);
    }

    /** The names of a file: its columns, or the keys of its first object. */
    static String names(Path file, TraceProbe probe) {
        return switch (probe.container()) {
            case CSV ->
                    "SELECT trim(unnest(%s)) FROM (SELECT %s AS line)"
                            .formatted(cells(), literal(probe.firstLine()));
            case JSON_LINES ->
                    keys("SELECT TRY_CAST(line AS JSON) AS j FROM " + lines(file, probe));
            case JSON_ARRAY -> keys("SELECT json AS j FROM " + elements(file, probe));
            case PARQUET -> "SELECT column_name FROM (DESCRIBE FROM " + parquet(file) + ")";
        };
    }

    private static String keys(String objects) {
        return "SELECT unnest(json_keys(j)) FROM (SELECT j FROM (%s) WHERE json_type(j) = 'OBJECT' LIMIT 1)"
                .formatted(objects);
    }

    private String sql() {
        List<String> columns = new ArrayList<>();
        for (Field field : Field.values()) {
            columns.add(expression(field));
        }
        return "SELECT n, %s, %s, %s FROM (%s)"
                .formatted(blank(), defect(), String.join(", ", columns), rows());
    }

    private String rows() {
        TraceProbe probe = layout.probe();
        String rows =
                switch (probe.container()) {
                    case CSV ->
                            "SELECT n, line, %s AS f FROM (%s) WHERE n > %d"
                                    .formatted(
                                            cells(),
                                            numbered("line", lines(layout.file(), probe)),
                                            probe.firstLineNumber());
                    case JSON_LINES ->
                            "SELECT n, line, TRY_CAST(line AS JSON) AS j FROM (%s)"
                                    .formatted(numbered("line", lines(layout.file(), probe)));
                    case JSON_ARRAY ->
                            "SELECT n, json AS j FROM (%s)"
                                    .formatted(numbered("json", elements(layout.file(), probe)));
                    case PARQUET ->
                            "SELECT n, to_json(p) AS j FROM (%s) AS p".formatted(numberedParquet());
                };
        return spec.nested() == null ? rows : unnested(rows, spec.nested());
    }

    /** A row whose list is missing or empty still gives one row, so that it is counted. */
    private static String unnested(String rows, String list) {
        String path = path(list);
        return ("SELECT * EXCLUDE (j), j AS o, unnest(CASE WHEN json_type(j, %1$s) = 'ARRAY' AND json_array_length(j, %1$s) > 0"
                        + " THEN CAST(json_extract(j, %1$s) AS JSON[]) ELSE [NULL] END) AS j FROM (%2$s)")
                .formatted(path, rows);
    }

    private String blank() {
        return layout.probe().container().isLineOriented()
                ? "line IS NULL OR trim(line) = ''"
                : "false";
    }

    private String defect() {
        if (layout.probe().container() == Container.CSV) {
            int wanted = layout.names().size();
            return "CASE WHEN len(f) <> %1$d THEN '%1$d fields expected, found ' || len(f) END"
                    .formatted(wanted);
        }
        String notJson =
                spec.nested() == null ? "'not valid JSON'" : "'no list " + spec.nested() + "'";
        return "CASE WHEN j IS NULL THEN %s WHEN json_type(j) <> 'OBJECT' THEN 'a JSON object expected, found ' || lower(json_type(j)) END"
                .formatted(notJson);
    }

    private String expression(Field field) {
        return switch (field) {
            case ARRIVAL -> arrival(layout.arrival());
            case HASH_IDS -> hashIds();
            case MESSAGES -> messages(spec.messageKeys());
            case PROMPT, PROMPT_INPUT, REPLY -> firstOf(field);
            default -> "nullif(trim(" + firstOf(field) + "), '')";
        };
    }

    private String arrival(@Nullable ArrivalColumn column) {
        if (column == null) {
            return "NULL::VARCHAR";
        }
        return spec.nested() == null
                ? "nullif(trim(" + text(column.name()) + "), '')"
                : "json_extract_string(o, " + path(column.name()) + ")";
    }

    private String firstOf(Field field) {
        List<String> values = present(field).stream().map(this::text).toList();
        return switch (values.size()) {
            case 0 -> "NULL::VARCHAR";
            case 1 -> values.get(0);
            default -> "coalesce(" + String.join(", ", values) + ")";
        };
    }

    private String hashIds() {
        List<String> present = present(Field.HASH_IDS);
        return present.isEmpty()
                ? "NULL::BIGINT[]"
                : "TRY_CAST(" + json(present.get(0)) + " AS BIGINT[])";
    }

    private String messages(MessageKeys keys) {
        List<String> present = present(Field.MESSAGES);
        if (present.isEmpty()) {
            return "NULL::VARCHAR[], NULL::VARCHAR[]";
        }
        String typed =
                "TRY_CAST(%s AS STRUCT(\"%s\" VARCHAR, \"%s\" VARCHAR)[])"
                        .formatted(
                                present.stream()
                                        .map(this::json)
                                        .collect(Collectors.joining(", ", "coalesce(", ")")),
                                keys.role(),
                                keys.content());
        return "list_transform(%1$s, lambda m: m.\"%2$s\"), list_transform(%1$s, lambda m: m.\"%3$s\")"
                .formatted(typed, keys.role(), keys.content());
    }

    /**
     * Names of a field that the file has. Keys of JSON objects may come and go, so there all are
     * asked for.
     */
    private List<String> present(Field field) {
        boolean fixed = layout.probe().container() == Container.CSV;
        return spec.names(field).stream()
                .filter(name -> !fixed || layout.names().contains(FormatSpec.base(name)))
                .toList();
    }

    private String text(String name) {
        return layout.probe().container() == Container.CSV
                ? "f[" + (layout.names().indexOf(name) + 1) + "]"
                : "json_extract_string(j, " + path(name) + ")";
    }

    private String json(String name) {
        return layout.probe().container() == Container.CSV
                ? "TRY_CAST(" + text(name) + " AS JSON)"
                : "json_extract(j, " + path(name) + ")";
    }

    private static String path(String name) {
        String base = FormatSpec.base(name);
        return literal("$.\"" + base + "\"" + name.substring(base.length()));
    }

    /** Only the columns that are read, so that wide ones (moderation scores) stay on disk. */
    private String numberedParquet() {
        String columns =
                spec.topLevelNames().stream()
                        .filter(layout.names()::contains)
                        .map(name -> "\"" + name + "\"")
                        .collect(Collectors.joining(", "));
        return numbered(columns, parquet(layout.file()));
    }

    private static String numbered(String columns, String from) {
        return "SELECT row_number() OVER () AS n, " + columns + " FROM " + from;
    }

    /**
     * A scan of lines: the delimiter is a byte that no text file holds, so that a line is one
     * column.
     */
    private static String lines(Path file, TraceProbe probe) {
        return ("(SELECT line FROM read_csv(%s, columns = {'line': 'VARCHAR'}, auto_detect = false, header = false, delim = chr(1), quote = '', escape = '',"
                        + " strict_mode = false, max_line_size = %d, compression = '%s', ignore_errors = true)"
                        + " WHERE line IS NULL OR strlen(line) <= %d)")
                .formatted(
                        literal(file.toString()),
                        LONGEST_ROW_BYTES + READER_SLACK_BYTES,
                        probe.gzip() ? "gzip" : "none",
                        LONGEST_ROW_BYTES);
    }

    private static String elements(Path file, TraceProbe probe) {
        return "read_json_objects(%s, format = 'array', maximum_object_size = %d, compression = '%s')"
                .formatted(
                        literal(file.toString()),
                        LONGEST_ROW_BYTES,
                        probe.gzip() ? "gzip" : "none");
    }

    private static String parquet(Path file) {
        return "read_parquet(" + literal(file.toString()) + ")";
    }

    /**
     * Fields of a CSV line; the slower expression runs only on lines with quotes (RFC 4180, within
     * one line).
     */
    private static String cells() {
        return "CASE WHEN contains(line, '\"')"
                + " THEN list_transform(regexp_extract_all(',' || line, ',(\"(?:[^\"]|\"\")*\"|[^,]*)', 1), lambda c:"
                + " CASE WHEN len(c) > 1 AND starts_with(c, '\"') AND ends_with(c, '\"') THEN replace(c[2:-2], '\"\"', '\"') ELSE c END)"
                + " ELSE str_split(line, ',') END";
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}

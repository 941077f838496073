package io.sluice.apps.trace.file;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Where a format keeps what: the whole difference between formats, as data.
 *
 * <p>A name is a CSV or Parquet column or a JSON key; {@code prompts[0]} is the first element of a
 * list. Where several names are given for a field, the first that has a value counts.
 */
final class FormatSpec {

    /** A column that holds arrival times, and its unit. */
    record ArrivalColumn(String name, ArrivalUnit unit) {}

    /** Keys of the speaker and the text inside a message. */
    record MessageKeys(String role, String content) {}

    private final String lengthUnit;
    private final Map<Field, List<String>> names = new EnumMap<>(Field.class);
    private final List<List<String>> required = new ArrayList<>();
    private final List<ArrivalColumn> arrivals = new ArrayList<>();
    private MessageKeys messageKeys = new MessageKeys("role", "content");
    private @Nullable String nested;
    private int blockTokens;
    private boolean lengthsInWords;
    private String cutColumn = "";
    private int cutTokens = Integer.MAX_VALUE;
    private boolean chainedBySession;

    /**
     * A format without fields.
     *
     * @param lengthUnit what its lengths count, in words for a report: tokenizers differ, so
     *     lengths of two formats are not the same thing
     */
    FormatSpec(String lengthUnit) {
        this.lengthUnit = lengthUnit;
    }

    /** A field that a file of this format must have, under one of these names. */
    FormatSpec need(Field field, String... anyOf) {
        required.add(List.of(anyOf));
        return may(field, anyOf);
    }

    /** A field that is read where it exists. */
    FormatSpec may(Field field, String... anyOf) {
        names.put(field, List.of(anyOf));
        return this;
    }

    /** A name that must exist and holds nothing for us; it tells this format from others. */
    FormatSpec marker(String name) {
        required.add(List.of(name));
        return this;
    }

    /** Arrival times that a file of this format must have. */
    FormatSpec arrival(String name, ArrivalUnit unit) {
        required.add(List.of(name));
        return maybeArrival(name, unit);
    }

    /** Arrival times that are used where the column exists. */
    FormatSpec maybeArrival(String name, ArrivalUnit unit) {
        arrivals.add(new ArrivalColumn(name, unit));
        return this;
    }

    /** Block hashes, and how many tokens a block has. */
    FormatSpec blocks(String name, int tokensPerBlock) {
        blockTokens = tokensPerBlock;
        return may(Field.HASH_IDS, name);
    }

    /** Names of the keys inside a message. */
    FormatSpec messageKeys(String role, String content) {
        messageKeys = new MessageKeys(role, content);
        return this;
    }

    /**
     * Each row holds a list of requests under this name; the fields are those of its elements, the
     * time that of the row.
     */
    FormatSpec listOf(String name) {
        nested = name;
        required.add(List.of(name));
        return this;
    }

    /**
     * Where a file keeps its messages under this name, answers of so many tokens or more may have
     * been cut off by whoever served them.
     */
    FormatSpec cutsAnswers(String column, int tokens) {
        cutColumn = column;
        cutTokens = tokens;
        return this;
    }

    /** Lengths count whitespace-separated words. */
    FormatSpec inWords() {
        lengthsInWords = true;
        return this;
    }

    /** Rows of one session follow each other: each continues the one before. */
    FormatSpec chainedBySession() {
        chainedBySession = true;
        return this;
    }

    /** Whether a file that has these names can be of this format. */
    boolean matches(Collection<String> present) {
        return missing(present).isEmpty();
    }

    /** What a file with these names lacks, alternatives joined by a bar. */
    List<String> missing(Collection<String> present) {
        return required.stream()
                .filter(anyOf -> anyOf.stream().map(FormatSpec::base).noneMatch(present::contains))
                .map(anyOf -> String.join("|", anyOf))
                .toList();
    }

    /** Names that the format requires, for messages. */
    String requirement() {
        return String.join(",", missing(List.of()));
    }

    /** The first arrival column that a file with these names has. */
    @Nullable ArrivalColumn arrivalAmong(Collection<String> present) {
        return arrivals.stream().filter(a -> present.contains(a.name())).findFirst().orElse(null);
    }

    List<String> names(Field field) {
        return names.getOrDefault(field, List.of());
    }

    MessageKeys messageKeys() {
        return messageKeys;
    }

    @Nullable String nested() {
        return nested;
    }

    String lengthUnit() {
        return lengthUnit;
    }

    int blockTokens() {
        return blockTokens;
    }

    /** Length from which answers in a file with these names may have been cut off. */
    int cutTokens(Collection<String> present) {
        return present.contains(cutColumn) ? cutTokens : Integer.MAX_VALUE;
    }

    boolean lengthsInWords() {
        return lengthsInWords;
    }

    boolean isChainedBySession() {
        return chainedBySession;
    }

    /** The name without a list position. */
    static String base(String name) {
        int bracket = name.indexOf('[');
        return bracket < 0 ? name : name.substring(0, bracket);
    }

    /** Top-level names that a query for this format reads. */
    List<String> topLevelNames() {
        List<String> all = new ArrayList<>();
        arrivals.forEach(a -> all.add(a.name()));
        if (nested != null) {
            all.add(nested);
        } else {
            Arrays.stream(Field.values()).forEach(f -> names(f).forEach(n -> all.add(base(n))));
        }
        return all.stream().distinct().toList();
    }
}

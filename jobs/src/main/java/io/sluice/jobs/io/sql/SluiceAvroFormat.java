package io.sluice.jobs.io.sql;

import io.sluice.schemas.Topic;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

import org.apache.avro.specific.SpecificRecord;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The format {@code sluice-avro}: records in Avro's single-object encoding, of every version that
 * was ever released, as rows. Columns are found by the names of fields, so a table may have fewer
 * of them, and in another order.
 *
 * <p>Flink's own {@code avro} format expects bytes without the header that names the schema, and
 * takes columns by their place. This one only reads: what writes to the topics keeps promises that
 * an {@code INSERT} would not.
 */
public final class SluiceAvroFormat implements DeserializationFormatFactory {

    /** Its name in a table's options. */
    public static final String IDENTIFIER = "sluice-avro";

    private static final ConfigOption<String> RECORD =
            ConfigOptions.key("record")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Which record the topic holds, such as RequestOutcome.");

    private static final ConfigOption<Boolean> IGNORE_PARSE_ERRORS =
            ConfigOptions.key("ignore-parse-errors")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Leave out what cannot be read, instead of failing. The jobs put such records to the dead letters.");

    /** Called by Flink, which finds it by its name. */
    public SluiceAvroFormat() {}

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(RECORD);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of(IGNORE_PARSE_ERRORS);
    }

    @Override
    public DecodingFormat<DeserializationSchema<RowData>> createDecodingFormat(
            DynamicTableFactory.Context context, ReadableConfig options) {
        FactoryUtil.validateFactoryOptions(this, options);
        return new Rows(record(options.get(RECORD)), options.get(IGNORE_PARSE_ERRORS));
    }

    private static Class<? extends SpecificRecord> record(String name) {
        return records()
                .filter(record -> record.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow(() -> new ValidationException(unknown(name)));
    }

    private static String unknown(String name) {
        String known =
                records().map(Class::getSimpleName).sorted().collect(Collectors.joining(", "));
        return "%s.%s = %s: no topic holds such a record; choose one of %s"
                .formatted(IDENTIFIER, RECORD.key(), name, known);
    }

    private static Stream<Class<? extends SpecificRecord>> records() {
        return Arrays.stream(Topic.values()).map(Topic::valueClass).flatMap(Optional::stream);
    }

    /**
     * What a table gives its source.
     *
     * @param record what the topic holds
     * @param lenient whether to leave out what cannot be read
     */
    private record Rows(Class<? extends SpecificRecord> record, boolean lenient)
            implements DecodingFormat<DeserializationSchema<RowData>> {

        @Override
        public DeserializationSchema<RowData> createRuntimeDecoder(
                DynamicTableSource.Context context, DataType columns) {
            return RecordRowSchema.of(
                    record,
                    (RowType) columns.getLogicalType(),
                    context.createTypeInformation(columns),
                    lenient);
        }

        @Override
        public ChangelogMode getChangelogMode() {
            return ChangelogMode.insertOnly();
        }
    }
}

package io.sluice.demo.cluster;

import org.apache.flink.configuration.YamlParserUtils;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The options of {@code deploy/flink/config.yaml}: the file that the images take, packed beside
 * this class. Clusters of this module change only what {@link ClusterConfiguration} says.
 */
public final class ShippedConfiguration {

    /** The file, among the resources of this package. */
    static final String RESOURCE = "config.yaml";

    private ShippedConfiguration() {}

    /** All options of the file, by key. */
    public static Map<String, String> options() {
        Map<String, String> options = new TreeMap<>();
        YamlParserUtils.convertToObject(text(), Map.class)
                .forEach((key, value) -> options.put(key.toString(), value.toString()));
        return options;
    }

    private static String text() {
        try (InputStream in = ShippedConfiguration.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(
                        "deploy/flink/config.yaml is not packed with this program; build it with Maven");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot read the packed " + RESOURCE, exception);
        }
    }
}

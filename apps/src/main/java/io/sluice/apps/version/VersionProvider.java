package io.sluice.apps.version;

import org.apache.kafka.common.utils.AppInfoParser;

import picocli.CommandLine.IVersionProvider;

/** The version of this build and of what it runs on. */
public final class VersionProvider implements IVersionProvider {

    /** One line: Sluice's version, Java's, and that of the Kafka client. */
    @Override
    public String[] getVersion() {
        String version = VersionProvider.class.getPackage().getImplementationVersion();
        return new String[] {
            "sluice %s (Java %s, Kafka client %s)"
                    .formatted(
                            version == null ? "built from sources" : version,
                            System.getProperty("java.version"),
                            AppInfoParser.getVersion())
        };
    }
}

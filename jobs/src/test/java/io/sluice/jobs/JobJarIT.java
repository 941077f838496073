package io.sluice.jobs;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

import static org.assertj.core.api.Assertions.assertThat;

/** The jar that is submitted to a cluster. */
class JobJarIT {

    private static final Path JAR = Path.of("target", "sluice-jobs.jar");
    private static final long MOST_BYTES = 40L << 20;

    /** Where a class of the jar may live: our own code and what the Kafka edge needs. */
    private static final List<String> ALLOWED =
            List.of(
                    "io/sluice/jobs/",
                    "io/sluice/core/",
                    "io/sluice/schemas/",
                    "io/sluice/wire/",
                    "org/apache/flink/formats/avro/SchemaCoder",
                    "org/apache/flink/connector/kafka/",
                    "org/apache/flink/streaming/connectors/kafka/",
                    "org/apache/flink/streaming/util/serialization/",
                    "org/apache/kafka/",
                    "org/apache/avro/",
                    "org/apache/commons/compress/",
                    "org/apache/commons/codec/",
                    "org/apache/commons/io/",
                    "org/apache/commons/lang3/",
                    "com/fasterxml/jackson/",
                    "com/github/luben/zstd/",
                    "net/jpountz/",
                    "org/xerial/snappy/",
                    "META-INF/versions/");

    @Test
    void holdsTheJobsAndTheirKafkaEdgeAndNothingElse() throws IOException {
        System.out.printf("%s: %d KiB%n", JAR.getFileName(), Files.size(JAR) >> 10);
        List<String> classes = names().stream().filter(name -> name.endsWith(".class")).toList();

        assertThat(classes)
                .contains(
                        "io/sluice/jobs/SchedulerJob.class",
                        "io/sluice/jobs/SlaJob.class",
                        "io/sluice/core/kernel/InstanceScheduler.class",
                        "org/apache/flink/connector/kafka/sink/KafkaSink.class")
                .allMatch(name -> ALLOWED.stream().anyMatch(name::startsWith));
        assertThat(Files.size(JAR)).isLessThan(MOST_BYTES);
    }

    @Test
    void leavesToTheClusterWhatTheClusterHas() throws IOException {
        assertThat(names())
                .noneMatch(name -> name.startsWith("org/apache/flink/runtime/"))
                .noneMatch(name -> name.startsWith("org/apache/flink/api/common/"))
                .noneMatch(name -> name.startsWith("org/slf4j/"))
                .noneMatch(name -> name.startsWith("org/apache/logging/"))
                .noneMatch(name -> name.startsWith("kafka/server/"))
                .noneMatch(name -> name.endsWith(".html"))
                .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA)"));
    }

    @Test
    void startsTheSchedulerUnlessAnotherJobIsNamed() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isEqualTo(SchedulerJob.class.getName());
        }
    }

    private static List<String> names() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return jar.stream().map(ZipEntry::getName).toList();
        }
    }
}

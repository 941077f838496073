package io.sluice.demo.cluster;

import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;

import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.KafkaProducer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DistributionClassLoaderTest {

    @Test
    void hasFlinkOnceMore() throws Exception {
        try (DistributionClassLoader loader = loader()) {
            Class<?> main = loader.loadClass(StandaloneSessionClusterEntrypoint.class.getName());

            assertThat(main.getClassLoader()).isSameAs(loader);
            assertThat(loader.getResource("web/index.html")).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                DistributionClassLoader.class,
                KafkaProducer.class,
                KafkaSource.class,
                Schema.class
            })
    void hasNothingThatJobsBring(Class<?> theirs) throws Exception {
        String file = theirs.getName().replace('.', '/') + ".class";
        assertThat(getClass().getClassLoader().getResource(file)).isNotNull();
        try (DistributionClassLoader loader = loader()) {
            assertThatThrownBy(() -> loader.loadClass(theirs.getName()))
                    .isInstanceOf(ClassNotFoundException.class);
            assertThat(loader.getResource(file)).isNull();
            assertThat(loader.getResources(file).hasMoreElements()).isFalse();
        }
    }

    private static DistributionClassLoader loader() {
        return new DistributionClassLoader(ClassLoader.getSystemClassLoader());
    }
}

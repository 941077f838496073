package io.sluice.schemas;

import io.sluice.schemas.avro.ConfigEvent;
import io.sluice.schemas.avro.WaitFor;

import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TrustedRecordsTest {
    private final ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();

    @BeforeEach
    void trustOneForeignClassOnly() {
        ClassSecurityValidator.setGlobal(List.class::equals);
    }

    @AfterEach
    void restore() {
        ClassSecurityValidator.setGlobal(before);
    }

    @Test
    void addsTheRecordsToWhatIsTrusted() {
        TrustedRecords.register();
        ClassSecurityPredicate after = ClassSecurityValidator.getGlobal();
        assertThat(SchemaSources.recordClasses()).allMatch(after::isTrusted);
        assertThat(after.isTrusted(WaitFor.class)).isTrue();
        assertThat(after.isTrusted(List.class)).isTrue();
        assertThat(after.isTrusted(Topic.class)).isFalse();
    }

    @Test
    void addsThemOnce() {
        TrustedRecords.register();
        ClassSecurityPredicate after = ClassSecurityValidator.getGlobal();
        TrustedRecords.register();
        assertThat(ClassSecurityValidator.getGlobal()).isSameAs(after);
    }

    @Test
    void recordsCanBeCopied() {
        TrustedRecords.register();
        ConfigEvent record = Samples.configEvent();
        assertThat(ConfigEvent.newBuilder(record).build()).isEqualTo(record);
    }
}

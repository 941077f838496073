package io.sluice.demo.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Each rule finds what it is there to find, and only that. */
class RulesBiteTest {

    private static final String BAD = "io.sluice.demo.architecture.bad";
    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(BAD);

    @Test
    void dependsOnlyOn() {
        assertThat(findings(Rules.dependsOnlyOn(BAD + ".core..")))
                .singleElement()
                .asString()
                .contains("picocli.CommandLine");
    }

    @Test
    void doesNotSee() {
        assertThat(findings(Rules.doesNotSee(BAD + ".core..", "picocli.."))).hasSize(1);
        assertThat(findings(Rules.doesNotSee(BAD + ".core..", "org.junit.."))).isEmpty();
    }

    @Test
    void isRepeatable() {
        assertThat(findings(Rules.isRepeatable(BAD + ".core..")))
                .hasSize(2)
                .allMatch(finding -> finding.contains("Impure"))
                .anyMatch(finding -> finding.contains("Instant.now()"))
                .anyMatch(finding -> finding.contains("Random.<init>()"));
    }

    @Test
    void namesKafkaAndAvroOnlyAtTheEdge() {
        assertThat(
                        findings(
                                Rules.namesKafkaAndAvroOnlyAtTheEdge(
                                        BAD + ".jobs..", BAD + ".jobs.io..")))
                .singleElement()
                .asString()
                .contains("Leaky", "TopicPartition");
    }

    @Test
    void registersMetricsOnlyFrom() {
        assertThat(findings(Rules.registersMetricsOnlyFrom(BAD + ".jobs..", BAD + ".jobs.state..")))
                .singleElement()
                .asString()
                .contains("Leaky", "counter");
    }

    @Test
    void startsJobsOnlyInTheirMain() {
        assertThat(findings(Rules.startsJobsOnlyInTheirMain(BAD + ".jobs.."))).hasSize(1);
    }

    @Test
    void persistsOnlyRecordsAndEnums() {
        assertThat(findings(Rules.persistsOnlyRecordsAndEnums(BAD + ".jobs.state.."))).isNotEmpty();
    }

    @Test
    void keepsNoHiddenStateInFunctions() {
        assertThat(findings(Rules.keepsNoHiddenStateInFunctions(BAD + ".jobs..")))
                .singleElement()
                .asString()
                .contains("Leaky.count");
    }

    @Test
    void keepsSubpackagesApart() {
        assertThat(findings(Rules.keepsSubpackagesApart(BAD + ".apps.(*).."))).hasSize(2);
        assertThat(findings(Rules.keepsSubpackagesApart(BAD + ".apps.(*)..", BAD + ".apps.cli..")))
                .singleElement()
                .asString()
                .contains("Worker");
    }

    @Test
    void keepsPoliciesApart() {
        assertThat(findings(Rules.keepsPoliciesApart(BAD + ".policy..")))
                .isNotEmpty()
                .allMatch(finding -> finding.contains("First") && finding.contains("Second"));
    }

    @Test
    void usesNoInternalsOfFlink() {
        assertThat(findings(Rules.usesNoInternalsOfFlink(BAD + ".jobs..")))
                .hasSize(2)
                .anyMatch(finding -> finding.contains("StreamGraph"))
                .anyMatch(finding -> finding.contains("MiniCluster"));
    }

    private static List<String> findings(ArchRule rule) {
        return rule.evaluate(CLASSES).getFailureReport().getDetails();
    }
}

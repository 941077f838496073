package io.sluice.demo.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** The rules over the main classes of all modules that this one depends on. */
@AnalyzeClasses(
        packages = "io.sluice",
        importOptions = {
            ImportOption.DoNotIncludeTests.class,
            ImportOption.DoNotIncludePackageInfos.class
        })
class ArchitectureTest {

    private static final String CORE = "io.sluice.core..";
    private static final String SIM = "io.sluice.sim..";
    private static final String SCHEMAS = "io.sluice.schemas..";
    private static final String WIRE = "io.sluice.wire..";
    private static final String AUDIT = "io.sluice.audit..";
    private static final String JOBS = "io.sluice.jobs..";
    private static final String APPS = "io.sluice.apps..";
    private static final String DEMO = "io.sluice.demo..";
    private static final String FLINK = "org.apache.flink..";

    @ArchTest static final ArchRule CORE_STANDS_ALONE = Rules.dependsOnlyOn(CORE);

    /**
     * Published random generators come from the library, so that published traces come out again.
     */
    @ArchTest
    static final ArchRule SIM_SEES_CORE =
            Rules.dependsOnlyOn(SIM, CORE, "org.apache.commons.rng..");

    /** Avro brings the core of Jackson along; records are shown as JSON with it. */
    @ArchTest
    static final ArchRule SCHEMAS_SEE_AVRO =
            Rules.dependsOnlyOn(SCHEMAS, "org.apache.avro..", "com.fasterxml.jackson.core..");

    /** Files of objectives are read with what Avro brings along. */
    @ArchTest
    static final ArchRule WIRE_SEES_BOTH_SIDES =
            Rules.dependsOnlyOn(
                    WIRE, CORE, SCHEMAS, "org.apache.avro..", "com.fasterxml.jackson.core..");

    /** Who checks shares no error with who is checked. */
    @ArchTest
    static final ArchRule AUDIT_STANDS_ALONE =
            Rules.dependsOnlyOn(AUDIT, "org.apache.avro..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule JOBS_SEE_NO_HOST = Rules.doesNotSee(JOBS, SIM, APPS, DEMO, "org.junit..");

    @ArchTest static final ArchRule APPS_SEE_NO_FLINK = Rules.doesNotSee(APPS, FLINK, JOBS, DEMO);

    @ArchTest
    static final ArchRule NOTHING_SHIPS_A_TEST_LIBRARY =
            Rules.doesNotSee("io.sluice..", "org.junit..", "org.assertj..", "net.jqwik..");

    @ArchTest static final ArchRule DECISIONS_ARE_REPEATABLE = Rules.isRepeatable(CORE, SIM, JOBS);

    @ArchTest
    static final ArchRule KAFKA_AND_AVRO_STAY_AT_THE_EDGE =
            Rules.namesKafkaAndAvroOnlyAtTheEdge(JOBS, "io.sluice.jobs.io..");

    @ArchTest
    static final ArchRule METRICS_ARE_OF_THE_CATALOGUE =
            Rules.registersMetricsOnlyFrom(JOBS, "io.sluice.jobs.metrics..");

    @ArchTest static final ArchRule ONLY_MAINS_START_JOBS = Rules.startsJobsOnlyInTheirMain(JOBS);

    @ArchTest
    static final ArchRule SAVEPOINTS_HOLD_RECORDS =
            Rules.persistsOnlyRecordsAndEnums("io.sluice.jobs.state..");

    @ArchTest
    static final ArchRule FUNCTIONS_HIDE_NO_STATE = Rules.keepsNoHiddenStateInFunctions(JOBS);

    /**
     * Orders are given by commands and by the live page, which are two programs; metrics are shown
     * by workers and by the page.
     */
    @ArchTest
    static final ArchRule PROGRAMS_ARE_APART =
            Rules.keepsSubpackagesApart(
                    "io.sluice.apps.(*)..",
                    "io.sluice.apps.cli..",
                    "io.sluice.apps.delivery..",
                    "io.sluice.apps.trace..",
                    "io.sluice.apps.profile..",
                    "io.sluice.apps.order..",
                    "io.sluice.apps.metrics..",
                    "io.sluice.apps.timeline..");

    @ArchTest
    static final ArchRule POLICIES_ARE_APART = Rules.keepsPoliciesApart("io.sluice.core.policy..");

    @ArchTest static final ArchRule JOBS_USE_FLINKS_API = Rules.usesNoInternalsOfFlink(JOBS);

    @ArchTest
    static final ArchRule DEMO_PACKAGES_HAVE_NO_CYCLE =
            slices().matching("io.sluice.demo.(*)..").should().beFreeOfCycles();

    @ArchTest
    static void demoItselfIsLookedAt(JavaClasses classes) {
        assertThat(classes.contain("io.sluice.demo.SluiceDemo")).isTrue();
    }
}

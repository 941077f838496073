package io.sluice.demo.architecture;

import org.apache.flink.metrics.MetricGroup;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The rules, each for the packages it is given, so that they can be tried on bad examples. */
final class Rules {

    /** Calls that make a result depend on when, or how luckily, it was computed. */
    private static final Map<Class<?>, Set<String>> UNREPEATABLE =
            Map.of(
                    System.class, Set.of("currentTimeMillis", "nanoTime"),
                    Instant.class, Set.of("now"),
                    Clock.class, Set.of("systemUTC", "systemDefaultZone", "system"),
                    Thread.class, Set.of("sleep"),
                    Math.class, Set.of("random"),
                    UUID.class, Set.of("randomUUID"),
                    ThreadLocalRandom.class, Set.of("current"));

    /**
     * Flink's own business that cannot be done without, each for a reason: the connector's public
     * interface of serialisation schemas names the first in its only method; the second says which
     * subtask a key leads to, and nothing public does.
     */
    private static final Set<String> NEEDED_INTERNALS =
            Set.of(
                    "org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema$KafkaSinkContext",
                    "org.apache.flink.runtime.state.KeyGroupRangeAssignment");

    private static final Set<String> REGISTERS = Set.of("counter", "gauge", "histogram", "meter");

    private Rules() {}

    static ArchRule dependsOnlyOn(String module, String... allowed) {
        return classes()
                .that()
                .resideInAPackage(module)
                .should()
                .onlyDependOnClassesThat(
                        resideInAPackage(module)
                                .or(resideInAnyPackage("java..", "org.jspecify.."))
                                .or(resideInAnyPackage(allowed)))
                .allowEmptyShould(true);
    }

    static ArchRule doesNotSee(String module, String... forbidden) {
        return noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .allowEmptyShould(true);
    }

    static ArchRule isRepeatable(String... modules) {
        return noClasses()
                .that()
                .resideInAnyPackage(modules)
                .should()
                .accessTargetWhere(
                        describe(
                                "reads a clock, sleeps or draws an unseeded number",
                                Rules::unrepeatable))
                .because("time is an argument, and the same input gives the same output")
                .allowEmptyShould(true);
    }

    private static boolean unrepeatable(JavaAccess<?> access) {
        if (handsOverAClock(access) || showsADuration(access)) {
            return false;
        }
        JavaClass owner = access.getTarget().getOwner();
        String name = access.getTarget().getName();
        boolean forbidden =
                UNREPEATABLE.entrySet().stream()
                        .anyMatch(
                                entry ->
                                        owner.isEquivalentTo(entry.getKey())
                                                && entry.getValue().contains(name));
        return forbidden || isUnseededRandom(access);
    }

    /** Where a job is wired, the wall clock is made for the one source that is given it. */
    private static boolean handsOverAClock(JavaAccess<?> access) {
        return access.getTarget().getFullName().equals("java.time.Clock.systemUTC()")
                && access.getOriginOwner().getName().equals("io.sluice.jobs.io.SchedulerKafka");
    }

    /** What a metric measures decides nothing. */
    private static boolean showsADuration(JavaAccess<?> access) {
        return access.getTarget().getFullName().equals("java.lang.System.nanoTime()")
                && access.getOriginOwner().getName().equals("io.sluice.jobs.metrics.DecisionTimer");
    }

    private static boolean isUnseededRandom(JavaAccess<?> access) {
        return access.getTarget().getOwner().isAssignableTo(Random.class)
                && access.getTarget().getFullName().endsWith("<init>()");
    }

    /** A metric that is not in the catalogue is in no reference, rule or dashboard. */
    static ArchRule registersMetricsOnlyFrom(String jobs, String catalogue) {
        return noClasses()
                .that()
                .resideInAPackage(jobs)
                .and()
                .resideOutsideOfPackage(catalogue)
                .should()
                .callMethodWhere(
                        describe(
                                "registers a metric",
                                call ->
                                        call.getTarget()
                                                        .getOwner()
                                                        .isAssignableTo(MetricGroup.class)
                                                && REGISTERS.contains(call.getTarget().getName())))
                .allowEmptyShould(true);
    }

    static ArchRule namesKafkaAndAvroOnlyAtTheEdge(String jobs, String edge) {
        return noClasses()
                .that()
                .resideInAPackage(jobs)
                .and()
                .resideOutsideOfPackage(edge)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "org.apache.avro..",
                        "org.apache.flink.connector.kafka..",
                        "org.apache.flink.formats.avro..")
                .allowEmptyShould(true);
    }

    static ArchRule startsJobsOnlyInTheirMain(String jobs) {
        return noClasses()
                .that()
                .resideInAPackage(jobs)
                .and()
                .haveSimpleNameNotEndingWith("Job")
                .should()
                .accessTargetWhere(
                        describe(
                                "executes a StreamExecutionEnvironment",
                                access ->
                                        access.getTarget()
                                                        .getOwner()
                                                        .getSimpleName()
                                                        .equals("StreamExecutionEnvironment")
                                                && access.getTarget()
                                                        .getName()
                                                        .startsWith("execute")))
                .because("a topology that does not start itself can be tested")
                .allowEmptyShould(true);
    }

    static ArchRule persistsOnlyRecordsAndEnums(String statePackage) {
        return classes()
                .that()
                .resideInAPackage(statePackage)
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .beRecords()
                .orShould()
                .beEnums()
                .because("what is in a savepoint can be read off this package")
                .allowEmptyShould(true);
    }

    static ArchRule keepsNoHiddenStateInFunctions(String jobs) {
        return fields().that()
                .areDeclaredInClassesThat()
                .resideInAPackage(jobs)
                .and()
                .areDeclaredInClassesThat()
                .areAssignableTo("org.apache.flink.api.common.functions.Function")
                .and(describe("are not transient", Rules::isNotTransient))
                .should()
                .beFinal()
                .because("what a function changes is lost at a restore unless it is Flink's state")
                .allowEmptyShould(true);
    }

    private static boolean isNotTransient(JavaMember field) {
        return !field.getModifiers().contains(JavaModifier.TRANSIENT);
    }

    /** What all may see is in {@code shared}, which itself sees nobody. */
    static ArchRule keepsSubpackagesApart(String pattern, String... shared) {
        return slices().matching(pattern)
                .should()
                .notDependOnEachOther()
                .ignoreDependency(alwaysTrue(), resideInAnyPackage(shared))
                .allowEmptyShould(true);
    }

    static ArchRule keepsPoliciesApart(String policyPackage) {
        DescribedPredicate<JavaClass> policy =
                describe("policies", type -> !type.isInterface() && isPolicy(type, policyPackage));
        return classes()
                .that(policy)
                .should(new SeeNoOther(policy))
                .because("a policy is one class that can be added and removed alone")
                .allowEmptyShould(true);
    }

    private static boolean isPolicy(JavaClass type, String policyPackage) {
        return resideInAPackage(policyPackage).test(type)
                && type.getAllRawInterfaces().stream()
                        .anyMatch(
                                port ->
                                        port.getSimpleName().endsWith("Policy")
                                                && resideInAPackage(policyPackage).test(port));
    }

    static ArchRule usesNoInternalsOfFlink(String module) {
        return noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat(describe("are Flink's own business", Rules::isInternal))
                .allowEmptyShould(true);
    }

    /** Marked so, or part of the runtime and not marked as anything else. */
    private static boolean isInternal(JavaClass type) {
        if (NEEDED_INTERNALS.contains(type.getName())) {
            return false;
        }
        String annotations = "org.apache.flink.annotation.";
        if (type.isAnnotatedWith(annotations + "Internal")) {
            return true;
        }
        return type.getPackageName().startsWith("org.apache.flink.runtime.")
                && !type.isAnnotatedWith(annotations + "Public")
                && !type.isAnnotatedWith(annotations + "PublicEvolving");
    }
}

package io.sluice.demo.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Holds if a class depends on no other class of a kind. */
final class SeeNoOther extends ArchCondition<JavaClass> {

    private final DescribedPredicate<JavaClass> kind;

    SeeNoOther(DescribedPredicate<JavaClass> kind) {
        super("see no other of the " + kind.getDescription());
        this.kind = kind;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            JavaClass target = dependency.getTargetClass();
            if (kind.test(target) && !target.equals(type)) {
                events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
            }
        }
    }
}

package io.sluice.jobs;

import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * With object reuse, an operator may meet again an object that it has kept or passed on. That harms
 * nobody if nothing can be changed: every element of a stream is a record, all the way down. Arrays
 * (outcomes encoded, hashes of a prompt) are written once and handed on.
 */
class ImmutableRecordsTest {

    private static final Set<Class<?>> VALUES =
            Set.of(
                    String.class,
                    Integer.class,
                    Long.class,
                    Double.class,
                    Boolean.class,
                    Optional.class,
                    List.class,
                    java.util.Map.class);

    enum Job {
        SCHEDULER {
            @Override
            void define(StreamExecutionEnvironment env, String... args) {
                SchedulerJob.define(env, args);
            }
        },
        SLA {
            @Override
            void define(StreamExecutionEnvironment env, String... args) {
                SlaJob.define(env, args);
            }
        };

        abstract void define(StreamExecutionEnvironment env, String... args);
    }

    @ParameterizedTest
    @EnumSource(Job.class)
    void nothingThatTravelsCanBeChanged(Job job) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        job.define(env, "--sluice.kafka.bootstrap-servers", "localhost:9092");

        assertThat(env.getConfig().isObjectReuseEnabled()).isTrue();
        assertThat(elementTypes(env))
                .hasSizeGreaterThan(5)
                .allSatisfy(type -> assertThat(isUnchangeable(type)).as(type.getName()).isTrue());
    }

    /** Types of all streams of the job, and of what their records are made of. */
    private static Set<Class<?>> elementTypes(StreamExecutionEnvironment env) {
        Deque<Type> open = new ArrayDeque<>();
        for (Transformation<?> sink : env.getTransformations()) {
            for (Transformation<?> step : sink.getTransitivePredecessors()) {
                open.add(step.getOutputType().getTypeClass());
            }
        }
        Set<Class<?>> types = new HashSet<>();
        while (!open.isEmpty()) {
            Type type = open.poll();
            if (type instanceof ParameterizedType generic) {
                open.add(generic.getRawType());
                open.addAll(List.of(generic.getActualTypeArguments()));
            } else if (type instanceof Class<?> plain && types.add(plain) && plain.isRecord()) {
                Arrays.stream(plain.getRecordComponents())
                        .map(RecordComponent::getGenericType)
                        .forEach(open::add);
            }
            // What a type variable stands for (Decoded) is the type of another stream.
        }
        return types;
    }

    private static boolean isUnchangeable(Class<?> type) {
        return type.isRecord()
                || type.isEnum()
                || type.isPrimitive()
                || (type.isArray() && type.getComponentType().isPrimitive())
                || VALUES.contains(type);
    }
}

package io.sluice.jobs.testing;

import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.state.RegisteredKeyValueStateBackendMetaInfo;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.util.StateMigrationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A changed state is found. */
class StateShapeTest {

    /** As it was. */
    record Before(int count, String name, Colour colour, List<Inner> inner) {}

    /** One component of another type, one renamed, one added, and an enum with a constant more. */
    record After(long count, String title, Shade colour, List<Inner> inner, long more) {}

    record Inner(double value) {}

    enum Colour {
        RED
    }

    enum Shade {
        RED,
        GREEN
    }

    @Test
    void everyComponentAndConstantIsInTheShape() {
        assertThat(StateShape.types(Before.class).values())
                .anySatisfy(
                        line ->
                                assertThat(line)
                                        .contains("count: int, inner: ", "name: java.lang.String"))
                .anySatisfy(line -> assertThat(line).startsWith("record").endsWith("value: double"))
                .anySatisfy(line -> assertThat(line).startsWith("enum").endsWith("[RED]"));
        assertThat(StateShape.types(After.class).values())
                .anySatisfy(
                        line ->
                                assertThat(line)
                                        .contains("count: long", "title: ", "more: long")
                                        .doesNotContain("name: "))
                .anySatisfy(line -> assertThat(line).endsWith("[RED, GREEN]"));
    }

    @Test
    void aLostOrChangedComponentIsFoundAndAnAddedOneMustBeAbsent() {
        Map<String, String> written = Map.of("s#0.a", "1", "s#0.b", "x");

        assertThat(StateShape.lost(written, Map.of("s#0.a", "1", "s#0.b", "x", "s#0.c", "0")))
                .isEmpty();
        assertThat(StateShape.lost(written, Map.of("s#0.a", "2", "s#0.c", "7")))
                .containsExactlyInAnyOrder(
                        "s#0.a was 1 and is 2",
                        "s#0.b was x and is null",
                        "s#0.c was never written and is 7");
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aStateOfAnotherTypeIsRefused(Backend backend) throws Exception {
        var savepoint =
                OperatorSavepoint.take(backend, List.of(state("seen", LongSerializer.INSTANCE)));

        assertThatThrownBy(
                        () ->
                                OperatorSavepoint.read(
                                        backend,
                                        savepoint,
                                        List.of(state("seen", StringSerializer.INSTANCE))))
                .isInstanceOf(StateMigrationException.class);
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aRenamedStateIsLost(Backend backend) throws Exception {
        List<StateMetaInfoSnapshot> before = List.of(state("seen", LongSerializer.INSTANCE));
        var savepoint = OperatorSavepoint.take(backend, before);

        Map<String, String> restored =
                OperatorSavepoint.read(
                        backend, savepoint, List.of(state("met", LongSerializer.INSTANCE)));

        assertThat(StateShape.lost(OperatorSavepoint.specimens(before), restored))
                .hasSize(Specimen.COUNT);
    }

    private static StateMetaInfoSnapshot state(String name, TypeSerializer<?> serializer) {
        return new RegisteredKeyValueStateBackendMetaInfo<>(
                        StateDescriptor.Type.VALUE,
                        name,
                        VoidNamespaceSerializer.INSTANCE,
                        serializer)
                .snapshot();
    }
}

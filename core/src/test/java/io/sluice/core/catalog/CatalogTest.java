package io.sluice.core.catalog;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Specifications are read in one way, and what is wrong with them is said in one style. */
final class CatalogTest {

    private static final Parameter<Long> SLICES = Parameter.count("slices", 1, "4", "how many");
    private static final Parameter<Long> LAYERS =
            Parameter.count("layers", 1, "2", "how many").or("all", Long.MAX_VALUE);
    private static final Parameter<Double> WEIGHT = Parameter.positive("weight", "1", "how heavy");
    private static final Parameter<String> TOPPING =
            Parameter.choice("topping", List.of("jam", "nuts"), "jam", "what is on it");
    private static final Parameter<Double> REST =
            Parameter.timeOrNone("rest", Parameter.NONE, "how long it rests");

    private static final Catalog<String> CAKES =
            new Catalog<>(
                    "cake policy",
                    List.of(
                            CatalogEntry.plain("plain", () -> "plain"),
                            CatalogEntry.of(
                                            "layered",
                                            List.of(SLICES, LAYERS, WEIGHT, TOPPING, REST),
                                            CatalogTest::layered)
                                    .alias("tall")));

    private static String layered(Arguments arguments) {
        return arguments.get(SLICES)
                + " "
                + arguments.get(LAYERS)
                + " "
                + arguments.get(WEIGHT)
                + " "
                + arguments.get(TOPPING)
                + " "
                + arguments.get(REST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain | plain",
                "plain-cake-policy | plain",
                "layered | 4 2 1.0 jam Infinity",
                "tall | 4 2 1.0 jam Infinity",
                "layered:slices=9,rest=2s | 9 2 1.0 jam 2000.0",
                "' layered : topping = nuts , layers=all' | 4 9223372036854775807 1.0 nuts Infinity",
                "tall-cake-policy:weight=0.5,rest=none | 4 2 0.5 jam Infinity"
            })
    void whatIsSetCountsAndTheRestHasItsDefault(String specification, String made) {
        assertThat(CAKES.make(specification)).isEqualTo(made);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "round | unknown cake policy 'round'; choose one of layered, plain",
                "plain:slices=1 | cake policy 'plain': unknown parameter 'slices=1'; it takes none",
                "layered:slices=0 | cake policy 'layered': slices: '0' is not a whole number from 1 to 1000000000",
                "layered:slices=1.5 | cake policy 'layered': slices: '1.5' is not a whole number from 1 to 1000000000",
                "layered:slices=many | cake policy 'layered': slices: 'many' is not a number",
                "layered:layers=none | cake policy 'layered': layers: 'none' is not a number",
                "layered:weight=-1 | cake policy 'layered': weight: '-1' is not above 0",
                "layered:weight=NaN | cake policy 'layered': weight: 'NaN' is not above 0",
                "layered:weight=Infinity | cake policy 'layered': weight: 'Infinity' is not above 0",
                "layered:rest=0s | cake policy 'layered': rest: '0s' is not above 0",
                "layered:topping=ice | cake policy 'layered': topping: 'ice' is not one of jam, nuts",
                "layered:weight=1,weight=2 | cake policy 'layered': weight is set twice"
            })
    void whatIsWrongIsNamedWithTheChoices(String specification, String message) {
        assertThatThrownBy(() -> CAKES.make(specification))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void anUnknownParameterIsAnsweredWithAllOfThem() {
        assertThatThrownBy(() -> CAKES.make("layered:slice=1,weight"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "cake policy 'layered': unknown parameter 'slice=1', 'weight'; choose among"
                                + " slices=a whole number; layers=a whole number, or all;"
                                + " weight=a number; topping=jam|nuts; rest=DURATION");
    }

    @Test
    void aDefaultThatIsNoValueIsNoParameter() {
        assertThatThrownBy(() -> Parameter.positive("weight", "0", "how heavy"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

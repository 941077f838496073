package io.sluice.sim.random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** The expected numbers were printed by CPython 3.11. */
class PythonRandomTest {

    @ParameterizedTest
    @CsvSource({
        "0, 3626764237 1654615998 3255389356 3823568514 1806341205",
        "1, 577090037 2444712010 3639700191 3445702192 3280387012",
        "-7, 1390851128 4071050724 647892279 1695753998 2795742288",
        "4294967296, 485306839 1508871100 1794561286 4014597330 71624475",
        "1099511640121, 1332995613 1500173691 493462063 16738666 2291790675",
        "9223372036854775807, 1359979423 2819855560 2711238091 569878368 3451239204",
    })
    void wordsOfASeed(long seed, String words) {
        PythonRandom random = new PythonRandom(seed);
        long[] drawn =
                LongStream.generate(() -> Integer.toUnsignedLong(random.bits(32)))
                        .limit(5)
                        .toArray();
        assertThat(drawn)
                .containsExactly(
                        Arrays.stream(words.split(" ")).mapToLong(Long::parseLong).toArray());
    }

    @Test
    void picksTakeTheBitsOfTheirBound() {
        PythonRandom random = new PythonRandom(0);
        int[] bounds = {1, 2, 3, 4, 5, 7, 8, 100, 499, 500, 1000, Integer.MAX_VALUE};
        assertThat(Arrays.stream(bounds).map(random::pick))
                .containsExactly(0, 1, 0, 2, 4, 3, 6, 38, 495, 244, 366, 1252803391);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 5, 3 8 2 7 4",
        "21, 5, 7 18 17 4 11",
        "22, 5, 7 18 17 4 11",
        "25, 2, 7 18",
        "25, 20, 7 18 17 4 11 19 15 2 0 23 21 8 3 12 24 13 9 10 20 5",
        "85, 6, 30 75 69 16 47 77",
        "86, 6, 30 75 69 16 47 77",
        "1, 1, 0",
        "1000, 20, 243 606 557 133 378 937 618 485 640 594 67 620 13 930 857 480 265 564 239 196",
    })
    void samples(int population, int count, String expected) {
        assertThat(new PythonRandom(3).sample(population, count))
                .containsExactly(
                        Arrays.stream(expected.split(" ")).mapToInt(Integer::parseInt).toArray());
    }

    /** The largest population with a pool, and the smallest without. */
    @ParameterizedTest
    @CsvSource({"1045, 100, 487, 127, 2822066", "1046, 100, 487, 123, 2525127"})
    void largeSamples(int population, int count, int first, int last, int weighted) {
        int[] sample = new PythonRandom(3).sample(population, count);
        assertThat(sample[0]).isEqualTo(first);
        assertThat(sample[count - 1]).isEqualTo(last);
        assertThat(IntStream.range(0, count).map(i -> i * sample[i]).sum()).isEqualTo(weighted);
        assertThat(Arrays.stream(sample).distinct().count()).isEqualTo(count);
    }

    @Test
    void realNumbers() {
        PythonRandom random = new PythonRandom(5);
        assertThat(random.uniform()).isEqualTo(0.6229016948897019);
        assertThat(random.uniform()).isEqualTo(0.7417869892607294);
        PythonRandom exponential = new PythonRandom(5);
        assertThat(exponential.exponential(3)).isCloseTo(0.3250831230881312, within(1e-15));
        assertThat(exponential.exponential(3)).isCloseTo(0.45132347055976557, within(1e-15));
    }

    @Test
    void shuffles() {
        int[] numbers = IntStream.range(0, 12).toArray();
        new PythonRandom(5).shuffle(numbers);
        assertThat(numbers).containsExactly(10, 2, 11, 7, 1, 3, 6, 0, 8, 5, 4, 9);
    }

    @Test
    void aSampleOfNoneDrawsNothing() {
        PythonRandom random = new PythonRandom(0);
        assertThat(random.sample(3000, 0)).isEmpty();
        assertThat(Integer.toUnsignedLong(random.bits(32))).isEqualTo(3626764237L);
    }

    @Test
    void nonsenseIsNamed() {
        PythonRandom random = new PythonRandom(0);
        assertThatThrownBy(() -> random.pick(0)).hasMessageContaining("at least 1, not 0");
        assertThatThrownBy(() -> random.bits(33)).hasMessageContaining("1 to 32, not 33");
        assertThatThrownBy(() -> random.sample(3, 4)).hasMessageContaining("4 out of 3");
    }
}

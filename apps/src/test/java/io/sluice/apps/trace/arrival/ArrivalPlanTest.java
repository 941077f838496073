package io.sluice.apps.trace.arrival;

import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.TraceRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/** What each kind of arrivals does, statistically and to the digit where it must. */
class ArrivalPlanTest {

    private static final int MANY = 50_000;

    @TempDir private Path folder;

    @Test
    void recordedTimesAreKept() {
        assertThat(seconds("auto", 0, 1, () -> ListSource.at(0, 1.5, 1.5, 4)))
                .containsExactly(0, 1.5, 1.5, 4);
    }

    @Test
    void speedupDividesGaps() {
        assertThat(seconds("recorded", 0, 4, () -> ListSource.at(0, 1, 3)))
                .containsExactly(0, 0.25, 0.75);
        double[] plain = seconds("poisson", 2, 1, () -> ListSource.untimed(100));
        double[] fast = seconds("poisson", 2, 10, () -> ListSource.untimed(100));
        for (int i = 0; i < plain.length; i++) {
            assertThat(fast[i]).isCloseTo(plain[i] / 10, within(2e-9));
        }
    }

    @Test
    void rateRescalesRecordedTimes() {
        // Three gaps in 6 s are 0.5/s; at 2/s they take 1.5 s.
        Supplier<ListSource> source = () -> ListSource.at(0, 1, 3, 6);
        assertThat(seconds("recorded", 2, 1, source)).containsExactly(0, 0.25, 0.75, 1.5);
        assertThat(plan("recorded", 2, 3, 9).process(source.get(), source).description())
                .isEqualTo(
                        "arrival times as recorded, scaled from 0.5 to 2 requests/s, sped up 3 times");
    }

    @Test
    void poissonHasItsRateAndUnitCv() {
        double[] at = seconds("poisson", 20, 1, () -> ListSource.untimed(MANY));
        assertThat(at[MANY - 1]).isCloseTo(MANY / 20.0, within(MANY / 20.0 * 0.02));
        assertThat(cvOfGaps(at)).isCloseTo(1, within(0.02));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 2.5, 6})
    void gammaHasItsRateAndCv(double cv) {
        double[] at = seconds("gamma:" + cv, 5, 1, () -> ListSource.untimed(MANY));
        assertThat(at[MANY - 1]).isCloseTo(MANY / 5.0, within(MANY / 5.0 * 0.09));
        assertThat(cvOfGaps(at)).isCloseTo(cv, within(cv * 0.06));
    }

    @Test
    void seedsDecideEverything() {
        for (String spec : List.of("poisson", "gamma:2")) {
            double[] once = secondsSeeded(spec, 1);
            assertThat(secondsSeeded(spec, 1)).isEqualTo(once);
            assertThat(secondsSeeded(spec, 2)).isNotEqualTo(once);
        }
    }

    @Test
    void traceWithoutTimesGetsPoissonAndSaysSo() {
        ArrivalProcess process =
                plan("auto", 0, 1, 7).process(ListSource.untimed(1), () -> ListSource.untimed(1));
        assertThat(process.description())
                .isEqualTo("Poisson arrivals at 5 requests/s, seed 7 (the trace records no times)");
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(
                        () ->
                                plan("recorded", 0, 1, 7)
                                        .process(
                                                ListSource.untimed(1), () -> ListSource.untimed(1)))
                .withMessageStartingWith(
                        "a list records no arrival times; choose other arrivals of auto,");
    }

    @Test
    void ticksAreSpreadUpToTheNext() {
        double[] at = seconds("spread", 0, 1, () -> ListSource.at(0, 0, 0, 2.999, 2.999, 60, 60));
        assertThat(at).isSorted();
        assertThat(at[2]).isLessThan(2.999);
        assertThat(at[3]).isGreaterThanOrEqualTo(2.999);
        assertThat(at[4]).isLessThan(5.999);
        assertThat(at[5]).isGreaterThanOrEqualTo(60);
        assertThat(at[6]).isLessThan(63);
        assertThat(at).doesNotHaveDuplicates();
    }

    @Test
    void aSquareWaveHasTwoRatesInTurn() {
        double[] at = seconds("square:1/9@100", 10, 1, () -> ListSource.untimed(MANY));
        long low = Arrays.stream(at).filter(time -> time % 200 < 100).count();
        long high = Arrays.stream(at).filter(time -> time % 200 >= 100).count();
        assertThat((double) high / low).isBetween(8.0, 10.0);
        assertThat(at[at.length - 1]).isCloseTo(MANY / 10.0, within(MANY / 10.0 * 0.05));
    }

    @Test
    void hourlyEnvelopeShapesTheRate() throws IOException {
        // Hour 1 is absent: silent. Hours 0, 2, 3 have 10, 30 and 60 requests: mean 25.
        Path file =
                Files.writeString(
                        folder.resolve("hours.csv"),
                        "time_bin,avg_turns,session_count,frac_ge2,frac_ge3\n0,2.0,5,1,1\n7200,1.5,20,1,1\n10800,3,20,1,1\n");
        double[] at = seconds("hourly:" + file + "@100", 10, 1, () -> ListSource.untimed(MANY));
        long[] perHour = new long[4];
        long rounds = (long) at[MANY - 1] / 400;
        Arrays.stream(at)
                .filter(s -> s < rounds * 400)
                .forEach(s -> perHour[(int) (s % 400) / 100]++);
        assertThat(perHour[1]).isZero();
        assertThat((double) perHour[0] / rounds).isCloseTo(400, within(400 * 0.06));
        assertThat((double) perHour[2] / rounds).isCloseTo(1200, within(1200 * 0.04));
        assertThat((double) perHour[3] / rounds).isCloseTo(2400, within(2400 * 0.03));
    }

    /** Its generator draws gaps from a gamma distribution of shape 0.5. */
    @Test
    void burstGptIsBunched() throws IOException {
        assertThat(spread(seconds("burstgpt", 10, 1, () -> ListSource.untimed(MANY))))
                .isCloseTo(Math.sqrt(2), within(0.05));
        // A trace that starts in its second hour: 1 request in one hour, none, 3 in the third.
        Path file =
                Files.writeString(
                        folder.resolve("burstgpt.csv"),
                        """
                        Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type
                        3600,ChatGPT,1,1,2,API log
                        10900,ChatGPT,1,0,1,API log
                        11000.5,GPT-4,1,1,2,Conversation log
                        14399,ChatGPT,1,1,2,API log
                        """);
        double[] at = seconds("burstgpt:" + file + "@900", 10, 1, () -> ListSource.untimed(MANY));
        double round = 3 * 900;
        double[] counts = new double[3];
        Arrays.stream(at).forEach(s -> counts[(int) (s % round / 900)]++);
        assertThat(counts[1]).isZero();
        assertThat(counts[2] / MANY).isCloseTo(0.75, within(0.05));
        double[] third = Arrays.stream(at).filter(s -> s > 1800 && s < 2700).toArray();
        assertThat(spread(third)).isCloseTo(Math.sqrt(2), within(0.05));
    }

    /** Standard deviation of the gaps over their mean. */
    private static double spread(double[] at) {
        double mean = (at[at.length - 1] - at[0]) / (at.length - 1);
        double squares = 0;
        for (int i = 1; i < at.length; i++) {
            squares += Math.pow(at[i] - at[i - 1] - mean, 2);
        }
        return Math.sqrt(squares / (at.length - 1)) / mean;
    }

    @Test
    void gapsOfAnotherTraceKeepTheirOrder() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("other.csv"),
                        "arrived_at,num_prefill_tokens,num_decode_tokens\n0,1,1\n1,1,1\n3,1,1\n9,1,1\n");
        double[] at = seconds("gaps:" + file, 0, 1, () -> ListSource.untimed(30));
        List<Double> gaps = new ArrayList<>();
        for (int i = 1; i < at.length; i++) {
            gaps.add((double) Math.round(at[i] - at[i - 1]));
        }
        assertThat(gaps.subList(0, 3)).containsExactlyInAnyOrder(1.0, 2.0, 6.0);
        assertThat(gaps.subList(3, 29)).isEqualTo(gaps.subList(0, 26));
        assertThat(gaps.get((gaps.indexOf(1.0) + 1) % 3)).isEqualTo(2.0);
        double[] scaled = seconds("gaps:" + file, 10, 1, () -> ListSource.untimed(30));
        assertThat(scaled[29]).isCloseTo(3, within(0.001));
    }

    @Test
    void wrongWishesNameTheChoices() throws IOException {
        for (String wrong :
                List.of(
                        "poison",
                        "gamma",
                        "gamma:-1",
                        "gamma:x",
                        "poisson:3",
                        "hourly",
                        "square:1/9",
                        "square:1@3/2",
                        "square:0/1@3",
                        "")) {
            assertThatExceptionOfType(TraceException.class)
                    .isThrownBy(() -> ArrivalSpec.parse(wrong))
                    .withMessageContaining("'" + wrong + "'")
                    .withMessageContaining("gamma:CV");
        }
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> plan("auto", -3, 1, 0))
                .withMessage("rate must be above 0, not -3.0");
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> plan("auto", 0, Double.NaN, 0))
                .withMessage("speedup must be above 0, not NaN");
        Path file = Files.writeString(folder.resolve("no.csv"), "a,b\n1,2\n");
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> seconds("hourly:" + file, 1, 1, () -> ListSource.untimed(1)))
                .withMessageContaining("time_bin, avg_turns, session_count expected");
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> seconds("recorded", 3, 1, () -> ListSource.at(0, 0)))
                .withMessageContaining("all requests arrive at once");
    }

    private static ArrivalPlan plan(String spec, double rate, double speedup, long seed) {
        return new ArrivalPlan(
                ArrivalSpec.parse(spec),
                rate == 0 ? OptionalDouble.empty() : OptionalDouble.of(rate),
                speedup,
                seed);
    }

    private static double[] secondsSeeded(String spec, long seed) {
        ArrivalProcess process =
                plan(spec, 1, 1, seed)
                        .process(ListSource.untimed(50), () -> ListSource.untimed(50));
        return offsets(process, ListSource.untimed(50));
    }

    private static double[] seconds(
            String spec, double rate, double speedup, Supplier<ListSource> source) {
        return offsets(plan(spec, rate, speedup, 11).process(source.get(), source), source.get());
    }

    private static double[] offsets(ArrivalProcess process, ListSource source) {
        List<Double> offsets = new ArrayList<>();
        List<TraceRequest> requests = new ArrayList<>();
        process.schedule(source)
                .forEachRemaining(
                        t -> {
                            offsets.add(t.offsetNanos() / 1e9);
                            requests.add(t.request());
                        });
        for (int i = 0; i < requests.size(); i++) {
            assertThat(requests.get(i).sequence()).isEqualTo(i);
        }
        return offsets.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double cvOfGaps(double[] at) {
        double[] gaps = new double[at.length - 1];
        Arrays.setAll(gaps, i -> at[i + 1] - at[i]);
        double mean = Arrays.stream(gaps).average().orElseThrow();
        double variance =
                Arrays.stream(gaps).map(g -> (g - mean) * (g - mean)).average().orElseThrow();
        return Math.sqrt(variance) / mean;
    }
}

package io.sluice.sim.workload;

import io.sluice.sim.random.Draws;

import java.util.List;
import java.util.function.DoubleSupplier;

/** How requests are spread over time, whatever they ask for. */
public sealed interface ArrivalShape {

    /**
     * Time from one arrival to the next, in seconds, for ever; the first is from the start to the
     * first arrival.
     *
     * @param draws what chance is drawn from
     */
    DoubleSupplier gaps(Draws draws);

    /** All at once, at the start. */
    record Together() implements ArrivalShape {

        @Override
        public DoubleSupplier gaps(Draws draws) {
            return () -> 0;
        }
    }

    /**
     * Gaps from a gamma distribution.
     *
     * @param requestsPerSecond mean rate
     * @param shape 1 is a Poisson process, less has more bursts: the gaps' coefficient of variation
     *     is {@code 1 / sqrt(shape)}
     */
    record Gamma(double requestsPerSecond, double shape) implements ArrivalShape {

        /** Rejects what is not a positive number. */
        public Gamma {
            Settings.requirePositive("rate in requests per second", requestsPerSecond);
            Settings.requirePositive("shape of the gaps", shape);
        }

        @Override
        public DoubleSupplier gaps(Draws draws) {
            if (shape == 1) {
                return () -> draws.exponential() / requestsPerSecond;
            }
            double scale = 1 / (requestsPerSecond * shape);
            return () -> draws.gamma(shape) * scale;
        }
    }

    /**
     * A process whose rate follows a curve of steps, over and over.
     *
     * @param phases in order; at least one of them has a rate above 0
     * @param shape of the gaps, as in {@link Gamma}, where the rate does not change: 1 is a Poisson
     *     process
     */
    record Cycle(List<Phase> phases, double shape) implements ArrivalShape {

        /** Rejects a curve in which nothing ever arrives. */
        public Cycle {
            phases = List.copyOf(phases);
            Settings.requirePositive("shape of the gaps", shape);
            if (phases.stream().noneMatch(phase -> phase.requestsPerSecond() > 0)) {
                throw Settings.wrong(
                        "curve of rates", phases, "phases of which one has a rate above 0");
            }
        }

        @Override
        public DoubleSupplier gaps(Draws draws) {
            return new CycleGaps(phases, new Gamma(1, shape).gaps(draws));
        }
    }

    /**
     * A time at one rate.
     *
     * @param seconds how long
     * @param requestsPerSecond mean rate; 0 for a pause
     */
    record Phase(double seconds, double requestsPerSecond) {

        /** Rejects a phase of no length, and a rate below 0. */
        public Phase {
            Settings.requirePositive("phase in seconds", seconds);
            if (!(requestsPerSecond >= 0 && requestsPerSecond < Double.POSITIVE_INFINITY)) {
                throw Settings.wrong(
                        "rate of a phase", requestsPerSecond, "a finite number, 0 or more");
            }
        }

        /** How many requests are expected in it. */
        double requests() {
            return seconds * requestsPerSecond;
        }
    }

    /** Independent arrivals at a mean rate. */
    static ArrivalShape poisson(double requestsPerSecond) {
        return new Gamma(requestsPerSecond, 1);
    }

    /** A square wave: half a period at each rate, the first rate first. */
    static ArrivalShape squareWave(double firstRate, double secondRate, double halfPeriodSeconds) {
        return new Cycle(
                List.of(
                        new Phase(halfPeriodSeconds, firstRate),
                        new Phase(halfPeriodSeconds, secondRate)),
                1);
    }
}

package io.sluice.demo.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What goes wrong and when. The same seed and kinds make the same plan.
 *
 * @param rounds in their order
 */
record ChaosPlan(List<PlannedRound> rounds) {

    /** Faults come once the load has set in, and not all at the same second of a round. */
    private static final int EARLIEST_MILLIS = 3_000;

    private static final int SPREAD_MILLIS = 5_000;

    /** One round in so many has a single fault, the others a pair. */
    private static final int SINGLE_EVERY = 3;

    ChaosPlan {
        rounds = List.copyOf(rounds);
    }

    /**
     * Draws a plan, in which every kind comes once before any comes again.
     *
     * @param kinds from which to draw, at least one
     * @param rounds how many; the first and every third from there has one fault, the others a
     *     pair, if any two kinds strike different targets
     */
    static ChaosPlan of(long seed, List<FaultKind> kinds, int rounds) {
        Random random = new Random(seed);
        Deck deck = new Deck(kinds, random);
        List<PlannedRound> planned = new ArrayList<>();
        for (int number = 1; number <= rounds; number++) {
            List<PlannedFault> faults = new ArrayList<>();
            FaultKind first = deck.draw();
            faults.add(fault(first, random));
            if (number % SINGLE_EVERY != 1) {
                deck.drawBeside(first).ifPresent(second -> faults.add(fault(second, random)));
            }
            planned.add(new PlannedRound(number, faults));
        }
        return new ChaosPlan(planned);
    }

    private static PlannedFault fault(FaultKind kind, Random random) {
        int spread = (kind.longestSeconds() - kind.shortestSeconds()) * 1_000;
        return new PlannedFault(
                kind,
                Duration.ofMillis(EARLIEST_MILLIS + random.nextInt(SPREAD_MILLIS)),
                Duration.ofMillis(kind.shortestSeconds() * 1_000L + random.nextInt(spread + 1)),
                random.nextInt(1_000));
    }

    /** How many faults there are. */
    int faults() {
        return rounds.stream().mapToInt(round -> round.faults().size()).sum();
    }

    /** Kinds in a drawn order, again and again. */
    private static final class Deck {

        private final List<FaultKind> kinds;
        private final Random random;
        private final List<FaultKind> left = new ArrayList<>();

        Deck(List<FaultKind> kinds, Random random) {
            this.kinds = List.copyOf(kinds);
            this.random = random;
        }

        FaultKind draw() {
            fill();
            return left.remove(0);
        }

        Optional<FaultKind> drawBeside(FaultKind other) {
            fill();
            Optional<FaultKind> found =
                    left.stream()
                            .filter(kind -> kind.target().goesWith(other.target()))
                            .findFirst();
            found.ifPresent(left::remove);
            return found.or(() -> anyBeside(other));
        }

        private Optional<FaultKind> anyBeside(FaultKind other) {
            List<FaultKind> apart =
                    kinds.stream().filter(kind -> kind.target().goesWith(other.target())).toList();
            return apart.isEmpty()
                    ? Optional.empty()
                    : Optional.of(apart.get(random.nextInt(apart.size())));
        }

        private void fill() {
            if (left.isEmpty()) {
                left.addAll(kinds);
                Collections.shuffle(left, random);
            }
        }
    }
}

package io.sluice.jobs.differential;

import java.util.List;
import java.util.Optional;

/** Where two logs part. */
final class FirstDifference {

    private static final int CONTEXT = 3;

    private FirstDifference() {}

    /** A description of the first line that is not the same in both, with some lines before it. */
    static Optional<String> between(LaneLog left, LaneLog right) {
        return between("decision", left.decisions(), right.decisions())
                .or(() -> between("command", left.commands(), right.commands()))
                .or(() -> between("release", left.releases(), right.releases()));
    }

    private static Optional<String> between(String what, List<Line> left, List<Line> right) {
        int same = 0;
        while (same < left.size()
                && same < right.size()
                && left.get(same).equals(right.get(same))) {
            same++;
        }
        if (same == left.size() && same == right.size()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        text.append("%s %d of %d and %d%n".formatted(what, same, left.size(), right.size()));
        for (int i = Math.max(0, same - CONTEXT); i < same; i++) {
            text.append("  both:  %s%n".formatted(left.get(i)));
        }
        text.append("  left:  %s%n".formatted(at(left, same)));
        text.append("  right: %s%n".formatted(at(right, same)));
        return Optional.of(text.toString());
    }

    private static String at(List<Line> log, int index) {
        return index < log.size() ? log.get(index).toString() : "nothing more";
    }
}

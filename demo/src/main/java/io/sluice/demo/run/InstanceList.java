package io.sluice.demo.run;

import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.EngineProfiles;

import java.util.ArrayList;
import java.util.List;

/** The simulated GPU servers of a run. */
final class InstanceList {

    /** What a bare count is filled with, in turn. */
    private static final List<String> MIX =
            List.of(EngineProfiles.A100_4B, EngineProfiles.A100_7B, EngineProfiles.A5000_4B);

    /** Threads and Kafka clients of more would be most of what this machine does. */
    private static final int MOST = 64;

    private InstanceList() {}

    /**
     * Reads a count, which gives a mix of kinds, or a list of engine profiles.
     *
     * @param text {@code 3} or {@code A100_4B,A100_4B,A5000_4B}
     * @throws IllegalArgumentException saying what is wrong and naming the choices
     */
    static List<EngineProfile> parse(String text) {
        List<String> names = text.matches("\\d{1,9}") ? mixOf(text) : List.of(text.split(",", -1));
        if (names.isEmpty() || names.size() > MOST) {
            throw new IllegalArgumentException(
                    "--instances %s: a run has 1 to %d instances".formatted(text, MOST));
        }
        return names.stream().map(name -> EngineProfiles.named(name.strip())).toList();
    }

    private static List<String> mixOf(String count) {
        List<String> names = new ArrayList<>();
        int wanted = Math.min(Integer.parseInt(count), MOST + 1);
        for (int i = 0; i < wanted; i++) {
            names.add(MIX.get(i % MIX.size()));
        }
        return names;
    }
}

package io.sluice.apps.topics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How safely a topic keeps what was acknowledged. What every promise rests on: a record that all of
 * two brokers have outlives the loss of one, and of three copies one may be away meanwhile.
 *
 * @param copies copies of the partition that has fewest
 * @param leastInSync copies that must have a record before it is acknowledged
 * @param uncleanElection whether a copy that lacks acknowledged records may become the leader
 */
record Durability(int copies, int leastInSync, boolean uncleanElection) {

    /** For production. */
    static final Durability PRODUCTION = new Durability(3, 2, false);

    /** Kafka's name of {@link #leastInSync}. */
    static final String MIN_IN_SYNC = "min.insync.replicas";

    /** Kafka's name of {@link #uncleanElection}. */
    static final String UNCLEAN = "unclean.leader.election.enable";

    /** The settings that a topic is made with. */
    Map<String, String> configs() {
        Map<String, String> configs = new LinkedHashMap<>();
        configs.put(MIN_IN_SYNC, Integer.toString(leastInSync));
        configs.put(UNCLEAN, Boolean.toString(uncleanElection));
        return configs;
    }

    /** What is less safe than another; empty if nothing is. */
    List<String> weakerThan(Durability wanted) {
        List<String> weak = new ArrayList<>();
        if (copies < wanted.copies) {
            weak.add(
                    "has %d %s of each record, should have at least %d"
                            .formatted(copies, copies == 1 ? "copy" : "copies", wanted.copies));
        }
        if (leastInSync < wanted.leastInSync) {
            weak.add(
                    "has %s %d, should have at least %d"
                            .formatted(MIN_IN_SYNC, leastInSync, wanted.leastInSync));
        } else if (leastInSync >= copies && copies > 1) {
            weak.add(
                    "has %s %d of %d copies, so that nothing can be written while a broker is away"
                            .formatted(MIN_IN_SYNC, leastInSync, copies));
        }
        if (uncleanElection && !wanted.uncleanElection) {
            weak.add("has %s true, should have false".formatted(UNCLEAN));
        }
        return weak;
    }
}

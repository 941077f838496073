package io.sluice.audit;

import org.apache.avro.generic.GenericRecord;

import java.util.HashMap;
import java.util.Map;

/**
 * Which workers live, by the time of the log: an instance dies when a record of its partition was
 * appended later than its last heartbeat plus the lease, and lives again from the registration of
 * its next incarnation on. Of one partition.
 */
final class Leases {

    private final long leaseMillis;
    private final Map<String, Life> lives = new HashMap<>();
    private long newestMillis;

    private static final class Life {
        private long incarnation;
        private long beatMillis;
        private boolean over;
    }

    Leases(long leaseMillis) {
        this.leaseMillis = leaseMillis;
    }

    /** Takes in a record of the partition. */
    void read(LogEntry entry) {
        newestMillis = Math.max(newestMillis, entry.timeMillis());
        GenericRecord event = entry.value();
        if (event == null) {
            return;
        }
        String instance = Fields.text(event, "instance_id");
        long incarnation = Fields.number(event, "incarnation");
        switch (Fields.text(event, "type")) {
            case "REGISTERED" -> begin(instance, incarnation, entry.timeMillis());
            case "HEARTBEAT" -> beat(instance, incarnation, entry.timeMillis());
            default -> {
                // Says nothing of life.
            }
        }
    }

    private void begin(String instance, long incarnation, long millis) {
        Life life = lives.computeIfAbsent(instance, none -> new Life());
        if (incarnation > life.incarnation) {
            life.incarnation = incarnation;
            life.beatMillis = millis;
            life.over = false;
        }
    }

    private void beat(String instance, long incarnation, long millis) {
        Life life = lives.get(instance);
        if (life != null && life.incarnation == incarnation && !isOver(life)) {
            life.beatMillis = millis;
        }
    }

    private boolean isOver(Life life) {
        life.over |= newestMillis > life.beatMillis + leaseMillis;
        return life.over;
    }

    /**
     * Whether what an incarnation says now is said within its lease. What the next incarnation says
     * before it registers is said for the one before.
     */
    boolean isValid(GenericRecord event) {
        Life life = lives.get(Fields.text(event, "instance_id"));
        return life != null
                && Fields.number(event, "incarnation") >= life.incarnation
                && !isOver(life);
    }
}

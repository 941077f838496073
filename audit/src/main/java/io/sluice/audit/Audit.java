package io.sluice.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the records of an installation and says which promises they break. */
public final class Audit {

    private final OutcomeAccount outcomes;
    private final RunAccount runs;
    private final LaneOrder order;
    private final List<Check> checks = new ArrayList<>();

    /** Nothing has been read. */
    public Audit(AuditSettings settings) {
        outcomes = new OutcomeAccount(settings.allEnded());
        runs = new RunAccount(settings.leaseMillis());
        order = new LaneOrder(settings.knownAfterMillis(), settings.settledAfterMillis());
        checks.add(outcomes);
        checks.add(runs);
        checks.add(new DrainCheck());
        if (settings.order()) {
            checks.add(order);
        }
    }

    /**
     * Reads what an installation's topics hold now.
     *
     * @param client settings of the Kafka client, the servers among them
     * @param prefix what the names of the topics begin with, {@code inference.} unless configured
     * @throws AuditException if a topic is missing
     */
    public static AuditReport of(
            Map<String, Object> client, String prefix, AuditSettings settings) {
        Audit audit = new Audit(settings);
        new TopicReader(client, prefix).read(audit::read);
        return audit.report();
    }

    /** Takes in a record. Records of one partition come in order, partitions in any. */
    public void read(LogEntry entry) {
        checks.forEach(check -> check.read(entry));
    }

    /** What was found in everything that has been read. */
    public AuditReport report() {
        List<Finding> findings = new ArrayList<>();
        checks.forEach(check -> findings.addAll(check.findings()));
        return new AuditReport(outcomes.figures(), runs.figures(), order.compared(), findings);
    }
}

package io.sluice.audit;

import java.util.List;

/** Watches over some promises. Records of one partition come in order, partitions in any. */
interface Check {

    /** Takes in a record. */
    void read(LogEntry entry);

    /** What was wrong, once everything has been read. */
    List<Finding> findings();
}

package io.sluice.apps.timeline;

import io.sluice.schemas.Topic;

/**
 * Where a record lies.
 *
 * @param topic topic
 * @param partition partition
 * @param offset offset
 */
public record Origin(Topic topic, int partition, long offset) {

    /** As topic-partition-offset, the topic without its prefix. */
    @Override
    public String toString() {
        return topic.suffix() + "-" + partition + "-" + offset;
    }
}

package io.sluice.apps.timeline;

import io.sluice.core.model.RequestKey;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What was found about an id. Tenants may use the same one, so it may be about several requests.
 *
 * @param requestId the id
 * @param records what tells of it, of all tenants
 * @param sent what the lanes concerned sent at the time
 * @param unread what was not read, and why, in words; empty if everything was
 */
public record TimelineFinding(
        String requestId, List<TopicRecord> records, List<LaneDispatch> sent, List<String> unread) {

    /** Copies the lists. */
    public TimelineFinding {
        records = List.copyOf(records);
        sent = List.copyOf(sent);
        unread = List.copyOf(unread);
    }

    /** The tenants who have a request of that id, in the order of their names. */
    public SortedSet<String> tenants() {
        SortedSet<String> tenants = new TreeSet<>();
        for (TopicRecord record : records) {
            Subject.of(record.value())
                    .filter(key -> key.requestId().equals(requestId))
                    .ifPresent(key -> tenants.add(key.tenant()));
        }
        return tenants;
    }

    /** The life of the request of one of the tenants. */
    public RequestTimeline timeline(String tenant) {
        return RequestTimeline.of(new RequestKey(tenant, requestId), records, sent);
    }
}

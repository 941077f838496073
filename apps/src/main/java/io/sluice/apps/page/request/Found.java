package io.sluice.apps.page.request;

import io.sluice.apps.timeline.TimelineFinding;
import io.sluice.apps.timeline.TimelineJson;

import com.fasterxml.jackson.annotation.JsonRawValue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * What was found about an id; its JSON is what the browser gets.
 *
 * @param request the id
 * @param tenants how many tenants have a request of that id
 * @param lives their lives, of so many of them as are shown
 * @param read records read for it, by topic
 * @param unread what was not read, and why, in words
 * @param tookMillis how long the search took
 * @param prompts whether prompts are shown at all
 */
record Found(
        String request,
        int tenants,
        List<Life> lives,
        Map<String, Long> read,
        List<String> unread,
        long tookMillis,
        boolean prompts) {

    /** Lives that are shown of tenants who use the same id. */
    static final int MOST_LIVES = 10;

    /**
     * The life of one request.
     *
     * @param tenant whose it is
     * @param timeline its life
     * @param prompts its prompts, if they are shown
     */
    record Life(String tenant, @JsonRawValue String timeline, List<Prompt> prompts) {}

    static List<Life> lives(TimelineFinding finding, Instant now, boolean showPrompts) {
        SortedSet<String> tenants = finding.tenants();
        List<Life> lives = new ArrayList<>();
        for (String tenant : tenants) {
            if (lives.size() < MOST_LIVES) {
                String timeline = TimelineJson.of(finding.timeline(tenant), now, finding.unread());
                List<Prompt> prompts = showPrompts ? Prompt.of(finding, tenant) : List.of();
                lives.add(new Life(tenant, timeline, prompts));
            }
        }
        return lives;
    }
}

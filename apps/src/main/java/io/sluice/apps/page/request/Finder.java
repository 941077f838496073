package io.sluice.apps.page.request;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.timeline.TimelineFinding;
import io.sluice.apps.timeline.TimelineQuery;
import io.sluice.apps.timeline.TimelineReader;

import java.time.Duration;

/** Looks for what tells of a request. Any thread. */
@FunctionalInterface
public interface Finder {

    /** For how long a search reads; what it has not read by then, it names. */
    Duration PATIENCE = Duration.ofSeconds(20);

    /**
     * Looks for it.
     *
     * @param progress is told now and then; ends the search by throwing
     * @throws CommandException if the broker does not answer, a topic is missing, or progress has
     *     thrown
     */
    TimelineFinding find(String requestId, TimelineReader.Progress progress);

    /** Looks through all that the topics of an installation keep. */
    static Finder of(KafkaAccess kafka) {
        return (requestId, progress) -> {
            try (TimelineReader reader = new TimelineReader(kafka)) {
                return reader.read(new TimelineQuery(requestId, null, PATIENCE), progress);
            }
        };
    }
}

package io.sluice.apps.replay;

import io.sluice.schemas.Topic;

/** The kinds of records that a replay writes. */
enum SendKind {
    REQUEST(Topic.REQUESTS, "request"),
    DUPLICATE(Topic.REQUESTS, "duplicate of request"),
    CANCEL(Topic.CONTROL, "cancel of request"),
    PROMPT(Topic.PAYLOADS, "prompt of request");

    private final Topic topic;
    private final String words;

    SendKind(Topic topic, String words) {
        this.topic = topic;
        this.words = words;
    }

    /** Where they go. */
    Topic topic() {
        return topic;
    }

    /** What they are, for people; the request's id goes after it. */
    String words() {
        return words;
    }
}

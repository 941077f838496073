package io.sluice.schemas;

import org.apache.avro.specific.SpecificRecord;

import org.jspecify.annotations.Nullable;

/**
 * What the records of a topic are.
 *
 * @param key what the key is, as UTF-8 text. It decides the partition and, in a compacted topic,
 *     what replaces what; the identity of a request is its id together with its tenant
 * @param value class of the value, in Avro's single-object encoding; null where it is raw bytes
 * @param content what the topic is about, for people
 */
public record TopicMessage(
        String key, @Nullable Class<? extends SpecificRecord> value, String content) {
    static TopicMessage of(String key, Class<? extends SpecificRecord> value, String content) {
        return new TopicMessage(key, value, content);
    }

    static TopicMessage raw(String key, String content) {
        return new TopicMessage(key, null, content);
    }
}

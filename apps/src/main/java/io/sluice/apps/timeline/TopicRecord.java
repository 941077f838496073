package io.sluice.apps.timeline;

import org.apache.avro.specific.SpecificRecord;

import java.time.Instant;

/**
 * A record and where it was found.
 *
 * @param origin where it lies
 * @param stamped time of the record in its topic: when the broker appended it, or its producer
 *     wrote it, by the kind of topic
 * @param value the record
 */
public record TopicRecord(Origin origin, Instant stamped, SpecificRecord value) {}

/**
 * What is in a savepoint, and what travels between operators: public records that Flink serializes
 * field by field. Components may be added and reordered; they are never renamed, nor removed, which
 * Flink does not restore, and the records are never renamed or moved. Times are epoch milliseconds,
 * durations milliseconds; there are no wrapper types that Flink would hand to Kryo.
 */
@NullMarked
package io.sluice.jobs.state;

import org.jspecify.annotations.NullMarked;

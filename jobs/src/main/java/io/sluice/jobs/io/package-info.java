/**
 * The Kafka edges of the jobs, and the only package that names Kafka or Avro. Bytes come in as
 * {@link io.sluice.jobs.io.Decoded}, which never fails a source; records go out through mappings to
 * the contracts.
 */
@NullMarked
package io.sluice.jobs.io;

import org.jspecify.annotations.NullMarked;

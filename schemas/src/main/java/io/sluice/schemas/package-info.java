/**
 * The contracts of the pipeline: generated Avro records in {@code .avro}, their wire form, the
 * history of their schemas, and the catalogue of topics. Depends on Avro only.
 */
@NullMarked
package io.sluice.schemas;

import org.jspecify.annotations.NullMarked;

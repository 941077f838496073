/**
 * An append-only file of checksummed frames that survives its process: the newest frame of a key
 * holds, and what no longer holds is dropped when the file is rewritten.
 */
@NullMarked
package io.sluice.apps.worker.ledger;

import org.jspecify.annotations.NullMarked;

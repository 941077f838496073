package io.sluice.apps.worker;

import io.sluice.schemas.avro.DispatchCommand;

/**
 * A command, and when it came.
 *
 * @param command the command
 * @param brokerMillis by the clock of the broker: what links the times in the command with ours
 * @param nanos by the monotonic clock: what everything afterwards is measured from
 */
record Receipt(DispatchCommand command, long brokerMillis, long nanos) {}

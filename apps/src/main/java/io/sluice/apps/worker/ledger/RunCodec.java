package io.sluice.apps.worker.ledger;

import io.sluice.sim.worker.LedgerEntry;

/** How an entry becomes bytes, and bytes an entry. */
public interface RunCodec {

    /** The bytes of an entry, without whether its terminal report was published. */
    byte[] encode(LedgerEntry entry);

    /**
     * The entry in bytes that {@link #encode} made, by this program or an earlier version of it.
     *
     * @param published whether its terminal report was published
     * @throws IllegalArgumentException if they are no entry
     */
    LedgerEntry decode(byte[] bytes, boolean published);
}

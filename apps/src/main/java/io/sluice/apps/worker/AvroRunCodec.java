package io.sluice.apps.worker;

import io.sluice.apps.worker.ledger.RunCodec;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.sim.worker.LedgerEntry;

/** Entries of the ledger as worker events, in the wire form: so a later version reads them too. */
final class AvroRunCodec implements RunCodec {

    private final AvroCodec<WorkerEvent> codec;
    private final EventMapping mapping;

    AvroRunCodec(AvroCodec<WorkerEvent> codec, EventMapping mapping) {
        this.codec = codec;
        this.mapping = mapping;
    }

    @Override
    public byte[] encode(LedgerEntry entry) {
        return codec.encode(mapping.forLedger(entry));
    }

    @Override
    public LedgerEntry decode(byte[] bytes, boolean published) {
        return RunEvents.entry(event(bytes), published);
    }

    /** The event in an entry. */
    WorkerEvent event(byte[] bytes) {
        try {
            return codec.decode(bytes);
        } catch (DecodeException exception) {
            throw new IllegalArgumentException(exception.getMessage(), exception);
        }
    }
}

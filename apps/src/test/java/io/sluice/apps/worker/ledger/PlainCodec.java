package io.sluice.apps.worker.ledger;

import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RunId;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.model.WorkerReport.ReportOrigin;
import io.sluice.sim.worker.DispatchId;
import io.sluice.sim.worker.LedgerEntry;

import java.nio.charset.StandardCharsets;

/** Entries as text, of runs that end by being cancelled. */
final class PlainCodec implements RunCodec {

    /** An entry whose content differs by a note of any length. */
    static LedgerEntry entry(String request, int reservedTokens, boolean ended) {
        RunId run = new RunId(new RequestKey("t", request), 1, 7);
        WorkerReport.OfRun terminal =
                ended ? new WorkerReport.Cancelled(new ReportOrigin("gpu", 1, 1, 7, 0), run) : null;
        return new LedgerEntry(new AcceptedRun(run, reservedTokens, 0), terminal, false);
    }

    static DispatchId id(String request) {
        return new DispatchId(new RequestKey("t", request), 1);
    }

    @Override
    public byte[] encode(LedgerEntry entry) {
        String text =
                entry.run().key().requestId()
                        + " "
                        + entry.accepted().reservedTokens()
                        + " "
                        + (entry.terminal() != null);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public LedgerEntry decode(byte[] bytes, boolean published) {
        String[] words = new String(bytes, StandardCharsets.UTF_8).split(" ");
        if (words.length != 3) {
            throw new IllegalArgumentException("not three words");
        }
        LedgerEntry entry =
                entry(words[0], Integer.parseInt(words[1]), Boolean.parseBoolean(words[2]));
        return new LedgerEntry(entry.accepted(), entry.terminal(), published);
    }
}

package io.sluice.sim.worker;

import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.Progress;
import io.sluice.core.model.RequestFacts;
import io.sluice.core.model.RunId;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.model.WorkerReport.OfRun;
import io.sluice.core.model.WorkerReport.ReportOrigin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A worker's account of its runs: those that its engine has, and what the ledger says of all. The
 * ledger is written first, so that the truth survives even if the log never hears of it.
 */
final class WorkerRuns {

    /** A run that the engine has, and what its outcome will say of the request. */
    record Running(LedgerEntry entry, RequestFacts facts) {
        RunId id() {
            return entry.run();
        }
    }

    private final WorkerLedger ledger;
    private final WorkerVoice voice;
    private final EndedRuns ended;
    private final LinkedHashMap<DispatchId, Running> running = new LinkedHashMap<>();

    WorkerRuns(WorkerLedger ledger, WorkerVoice voice) {
        this.ledger = ledger;
        this.voice = voice;
        this.ended = new EndedRuns(ledger);
    }

    /** Takes over what an earlier process has left in the ledger. */
    void recall(long now) {
        ledger.entries().forEach(entry -> ended.remember(entry.id(), now));
    }

    /** Taken in and not ended. */
    int count() {
        return running.size();
    }

    /** Those taken in and not ended, in that order. */
    List<DispatchId> ids() {
        return List.copyOf(running.keySet());
    }

    /** Whether it was taken in and has not ended. */
    boolean has(DispatchId id) {
        return running.containsKey(id);
    }

    /** What to list in a heartbeat: those taken in and not ended, with what they have reached. */
    List<AcceptedRun> accepted(Function<DispatchId, Progress> reached) {
        List<AcceptedRun> accepted = new ArrayList<>(running.size());
        running.forEach((id, run) -> accepted.add(run.entry().accepted().at(reached.apply(id))));
        return accepted;
    }

    /**
     * Answers a command that was taken in before: with how its run ended, if it has.
     *
     * @return whether it was
     */
    boolean answersRepeated(DispatchId id, long now) {
        LedgerEntry known = ledger.find(id);
        if (known != null && known.terminal() != null) {
            voice.sayEndAgain(known.terminal(), now);
        }
        return known != null;
    }

    /** Takes in a run. */
    void accept(AcceptedRun run, RequestFacts facts, long now) {
        LedgerEntry entry = LedgerEntry.accepted(run);
        ledger.put(entry);
        running.put(entry.id(), new Running(entry, facts));
        voice.say(origin -> new WorkerReport.Accepted(origin, run.run()), now);
    }

    /** Takes in a run only to give it back. */
    void giveBackAtOnce(AcceptedRun run, long now) {
        LedgerEntry entry = LedgerEntry.accepted(run);
        end(entry, new WorkerReport.GivenBack(voice.origin(), run.run()), now);
    }

    /** A run has made progress; one that was ended before is of no interest. */
    void progressed(DispatchId id, long now) {
        Running run = running.get(id);
        if (run != null) {
            voice.say(origin -> new WorkerReport.Progressed(origin, run.id()), now);
        }
    }

    /** A run ends; one that has ended before is of no interest. */
    void end(DispatchId id, BiFunction<ReportOrigin, Running, OfRun> terminal, long now) {
        Running run = running.remove(id);
        if (run != null) {
            end(run.entry(), terminal.apply(voice.origin(), run), now);
        }
    }

    private void end(LedgerEntry entry, OfRun report, long now) {
        LedgerEntry closed = entry.ended(report);
        ledger.put(closed);
        ended.remember(closed.id(), now);
        voice.sayEnd(report, now);
    }

    /** Gives up everything that the engine has had. How it ended, the next incarnation says. */
    void abandon(long now) {
        running.keySet().forEach(id -> ended.remember(id, now));
        running.clear();
    }

    /**
     * Says of every run in the ledger how it ended, unless the log has that. None of them is held
     * any more.
     */
    void closeAll(long now) {
        for (LedgerEntry entry : ledger.entries()) {
            OfRun terminal = entry.terminal();
            if (terminal == null) {
                OfRun givenBack = new WorkerReport.GivenBack(voice.origin(), entry.run());
                ledger.put(entry.ended(givenBack));
                voice.sayEnd(givenBack, now);
            } else if (!entry.published()) {
                voice.sayEndAgain(terminal, now);
            }
        }
    }

    /** The log has the end of a run. */
    void published(DispatchId id) {
        LedgerEntry entry = ledger.find(id);
        if (entry != null && entry.terminal() != null) {
            ledger.put(entry.markPublished());
        }
    }

    /** Forgets what has ended up to a time, and no repeated command can name any more. */
    void forget(long upToMillis) {
        ended.forget(upToMillis);
    }
}

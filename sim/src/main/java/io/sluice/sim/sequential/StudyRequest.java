package io.sluice.sim.sequential;

import io.sluice.sim.workload.SimulatedRequest;

/**
 * A request on its way through {@link StudySequential}: what is left of it, really and as
 * predicted.
 */
final class StudyRequest {

    private final StudyRules rules;
    private final SimulatedRequest request;
    private final Remaining actual;
    private final Remaining predicted;
    private final Kept kept;

    /** Computing time that has not been lost, in seconds. */
    private double credited;

    private double saveLeft;
    private double waiting;
    private double completion;

    StudyRequest(SimulatedRequest request, StudyRules rules) {
        this.rules = rules;
        this.request = request;
        actual = new Remaining(request.promptTokens(), request.outputTokens(), rules);
        predicted = new Remaining(request.promptTokens(), request.predictedTokens(), rules);
        kept = new Kept();
    }

    private StudyRequest(StudyRequest other) {
        rules = other.rules;
        request = other.request;
        actual = new Remaining(other.actual);
        predicted = new Remaining(other.predicted);
        kept = new Kept(other.kept);
        credited = other.credited;
        saveLeft = other.saveLeft;
        waiting = other.waiting;
        completion = other.completion;
    }

    /** Seconds of work left, and its parts. */
    private static final class Remaining {
        private final StudyRules rules;
        private double prefill;
        private double decode;
        private double total;

        Remaining(int promptTokens, int outputTokens, StudyRules rules) {
            this.rules = rules;
            prefill = rules.prefill(promptTokens);
            decode = rules.decode(promptTokens, outputTokens);
            total = rules.round(prefill + decode);
        }

        Remaining(Remaining other) {
            rules = other.rules;
            prefill = other.prefill;
            decode = other.decode;
            total = other.total;
        }

        void add(double morePrefill, double moreDecode) {
            prefill = rules.round(prefill + morePrefill);
            decode = rules.round(decode + moreDecode);
            total = rules.round(total + morePrefill + moreDecode);
        }

        /** Takes work off; no part falls below zero. */
        void take(double lessPrefill, double lessDecode) {
            prefill = Math.max(0, rules.round(prefill - lessPrefill));
            decode = Math.max(0, rules.round(decode - lessDecode));
            total = Math.max(0, rules.round(total - lessPrefill - lessDecode));
        }

        /** What is really done need not be predicted any more. */
        void endWith(Remaining truth) {
            prefill = truth.prefill <= 0 ? 0 : prefill;
            decode = truth.decode <= 0 ? 0 : decode;
            total = truth.total <= 0 ? 0 : total;
        }
    }

    /** Keys and values put aside, and the time to read them back. */
    private static final class Kept {
        private double promptShare;
        private int tokens;
        private double prefillReload;
        private double decodeReload;
        private double prefillReloadLeft;
        private double decodeReloadLeft;

        Kept() {}

        Kept(Kept other) {
            promptShare = other.promptShare;
            tokens = other.tokens;
            prefillReload = other.prefillReload;
            decodeReload = other.decodeReload;
            prefillReloadLeft = other.prefillReloadLeft;
            decodeReloadLeft = other.decodeReloadLeft;
        }

        double reloadLeft() {
            return prefillReloadLeft + decodeReloadLeft;
        }

        /** Begins to read back from the start. */
        void rewind() {
            prefillReloadLeft = prefillReload;
            decodeReloadLeft = decodeReload;
        }
    }

    StudyRequest copy() {
        return new StudyRequest(this);
    }

    SimulatedRequest request() {
        return request;
    }

    int rank() {
        return request.rank();
    }

    double predictedTotal() {
        return predicted.total;
    }

    double prefillReload() {
        return kept.prefillReload;
    }

    double decodeReload() {
        return kept.decodeReload;
    }

    double reloadLeft() {
        return kept.reloadLeft();
    }

    /** What it is ordered by within its class: predicted time left, reading back included. */
    double timeKey() {
        return predicted.total + kept.prefillReload + kept.decodeReload;
    }

    /** Seconds until it is finished if nothing interrupts it. */
    double need() {
        return rules.round(saveLeft + kept.reloadLeft() + actual.total);
    }

    /** Has it wait until what another left behind is put aside. */
    void addSave(double seconds) {
        saveLeft = rules.round(saveLeft + seconds);
    }

    void waitFor(double seconds) {
        waiting = rules.round(waiting + seconds);
    }

    void completeAt(double seconds) {
        completion = seconds;
    }

    SequentialResult.Served served() {
        return new SequentialResult.Served(request, completion, waiting);
    }

    /** Runs for a time. */
    void run(double seconds) {
        double left = seconds;
        double saved = Math.min(left, saveLeft);
        saveLeft = rules.round(saveLeft - saved);
        left -= saved;
        double loaded = Math.min(left, kept.prefillReloadLeft);
        kept.prefillReloadLeft = rules.round(kept.prefillReloadLeft - loaded);
        left -= loaded;
        double prefill = Math.min(left, actual.prefill);
        left -= prefill;
        loaded = Math.min(left, kept.decodeReloadLeft);
        kept.decodeReloadLeft = rules.round(kept.decodeReloadLeft - loaded);
        left -= loaded;
        double decode = Math.min(left, actual.decode);
        actual.take(prefill, decode);
        predicted.take(prefill, decode);
        predicted.endWith(actual);
        credited = rules.round(credited + prefill + decode);
    }

    /**
     * Interrupts it: what is not put aside has to be computed again.
     *
     * @return seconds to put aside what is
     */
    double interrupt() {
        double save = actual.prefill <= 0 ? interruptDecode() : interruptPrefill();
        kept.rewind();
        return rules.round(save);
    }

    private double interruptDecode() {
        int prompt = request.promptTokens();
        double share = rules.cachedShare(prompt);
        int made = rules.tokensMade(prompt, credited - rules.prefill(prompt));
        int tokens = Math.min(made, rules.cachedTokens(request.predictedTokens()));
        lose(rules.prefill((1 - share) * prompt), rules.decode(prompt + tokens, made - tokens));
        double save = keepPrompt(share) + (tokens - kept.tokens) * rules.cost().saveSeconds();
        kept.tokens = tokens;
        kept.decodeReload = rules.round(tokens * rules.cost().loadSeconds());
        return save;
    }

    private double interruptPrefill() {
        int prompt = request.promptTokens();
        double whole = rules.prefill(prompt);
        double done = (whole - actual.prefill) / whole;
        double share = Math.min(rules.cachedShare(prompt), done);
        lose(rules.prefill((done - share) * prompt), 0);
        return keepPrompt(share);
    }

    private void lose(double prefill, double decode) {
        actual.add(prefill, decode);
        predicted.add(prefill, decode);
        credited = rules.round(credited - prefill - decode);
    }

    private double keepPrompt(double share) {
        double more = (share - kept.promptShare) * request.promptTokens();
        kept.promptShare = share;
        kept.prefillReload =
                rules.round(share * request.promptTokens() * rules.cost().loadSeconds());
        return more * rules.cost().saveSeconds();
    }
}

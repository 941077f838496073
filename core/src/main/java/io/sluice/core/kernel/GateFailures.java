package io.sluice.core.kernel;

import io.sluice.core.kernel.GateNode.Failure;
import io.sluice.core.model.Outcome;

import java.util.List;
import java.util.stream.Collectors;

/** The reasons for which a gate lets a request not run, and their words. */
final class GateFailures {

    private static final String TOO_MANY = "too-many-dependants";
    private static final int MOST_NAMED = 6;

    private GateFailures() {}

    /** Its request has ended otherwise than well, or was refused. */
    static Failure ended(GateNode node, String outcome) {
        return new Failure(
                "predecessor-failed", "'%s' ended as %s".formatted(node.requestId(), outcome));
    }

    /** Nobody has submitted it. */
    static Failure unknown(GateNode node, long waitMillis) {
        return new Failure(
                "predecessor-unknown",
                "'%s' has not arrived within %d ms".formatted(node.requestId(), waitMillis));
    }

    /** Nobody has heard of it again. */
    static Failure lost(GateNode node, long longestMillis) {
        return new Failure(
                "predecessor-lost",
                "'%s' has not ended within %d ms".formatted(node.requestId(), longestMillis));
    }

    /** It waits for itself, along a way as {@link GateLoops#loop} gives it. */
    static Failure cycle(List<String> loop) {
        List<String> rest = loop.subList(1, Math.min(loop.size(), MOST_NAMED));
        String chain =
                rest.stream()
                        .map("'%s'"::formatted)
                        .collect(Collectors.joining(", which waits for "));
        String more =
                loop.size() <= MOST_NAMED
                        ? ""
                        : " and so on, %d requests in all".formatted(loop.size() - 1);
        return new Failure(
                "dependency-cycle", "'%s' waits for %s%s".formatted(loop.get(0), chain, more));
    }

    /** As many as may wait for a request do already. */
    static Failure tooMany(String requestId, int mostDependants) {
        return new Failure(
                TOO_MANY, "%d requests wait for '%s' already".formatted(mostDependants, requestId));
    }

    /** What that makes of one that waits for a request, through which it is concerned. */
    static Verdict verdict(Failure failure, String waitedFor) {
        return of(failure, "it waits for '%s': %s".formatted(waitedFor, failure.cause()));
    }

    /** What it makes of a repeat of the request that has failed. */
    static Verdict repeated(Failure failure) {
        return of(failure, "it was submitted before: " + failure.cause());
    }

    private static Verdict of(Failure failure, String message) {
        Outcome outcome =
                failure.code().equals(TOO_MANY)
                        ? Outcome.REJECTED_CAPACITY
                        : Outcome.REJECTED_DEPENDENCY;
        return new Verdict(outcome, failure.code(), message, true);
    }
}

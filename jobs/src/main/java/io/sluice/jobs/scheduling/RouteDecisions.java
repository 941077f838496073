package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.Choice;
import io.sluice.core.kernel.RouterEffect;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.SettledRequest;
import io.sluice.jobs.flow.DecisionEnd;
import io.sluice.jobs.flow.DecisionForecast;
import io.sluice.jobs.flow.DecisionMessage;
import io.sluice.jobs.flow.DecisionMessage.Kind;
import io.sluice.jobs.flow.ScoredInstance;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What the router's effects mean as decisions about requests.
 *
 * @param sampling which of them are told
 * @param policies the policies in force
 * @param epoch job epoch, 0 before it is known
 * @param nowMillis current time
 */
record RouteDecisions(
        DecisionSampling sampling, KnownPolicies policies, long epoch, long nowMillis) {

    /** The decision behind an effect, or null if there is none to tell. */
    @Nullable DecisionMessage of(RouterEffect effect) {
        if (effect instanceof RouterEffect.Assign assign) {
            return sampling.tells(assign.request().key()) ? assigned(assign) : null;
        }
        if (effect instanceof RouterEffect.Held held) {
            return sampling.tells(held.request().key()) ? held(held) : null;
        }
        if (effect instanceof RouterEffect.Settled settled) {
            SettledRequest outcome = settled.outcome();
            return sampling.tellsEnd(outcome.key(), outcome.outcome()) ? settled(settled) : null;
        }
        return null;
    }

    /** Attempts grow with each assignment of a request, so they number its decisions. */
    private DecisionMessage assigned(RouterEffect.Assign assign) {
        PendingRequest request = assign.request();
        Choice choice = assign.choice();
        List<ScoredInstance> candidates =
                choice.candidates().stream()
                        .map(c -> new ScoredInstance(c.instanceId(), c.score(), c.parts()))
                        .toList();
        return new DecisionMessage(
                        Kind.ROUTE,
                        request.key(),
                        assign.attempt(),
                        assign.instanceId(),
                        epoch,
                        assign.attempt(),
                        nowMillis,
                        request.priority(),
                        choice.policy() == null ? policies.necessity() : policies.routing(),
                        -1,
                        -1,
                        sinceSubmission(request),
                        choice.reason())
                .among(candidates, choice.considered())
                .expecting(DecisionForecast.of(request, choice.forecast()));
    }

    private DecisionMessage held(RouterEffect.Held held) {
        PendingRequest request = held.request();
        return new DecisionMessage(
                Kind.HOLD,
                request.key(),
                held.attempt(),
                null,
                epoch,
                held.want().ordinal(),
                nowMillis,
                request.priority(),
                policies.necessity(),
                -1,
                -1,
                sinceSubmission(request),
                held.reason());
    }

    private DecisionMessage settled(RouterEffect.Settled settled) {
        SettledRequest outcome = settled.outcome();
        Long waited = outcome.queueWaitMillis();
        return new DecisionMessage(
                        kind(outcome.outcome()),
                        outcome.key(),
                        outcome.attempt(),
                        outcome.instanceId(),
                        epoch,
                        0,
                        nowMillis,
                        outcome.facts() == null ? 0 : outcome.facts().priority(),
                        policies.necessity(),
                        -1,
                        -1,
                        waited == null ? -1 : waited,
                        outcome.message())
                .expecting(DecisionForecast.of(settled.expected()))
                .ending(DecisionEnd.of(outcome));
    }

    private static Kind kind(Outcome outcome) {
        return switch (outcome) {
            case COMPLETED, FAILED, EVICTED_CONTEXT_CANCELLED, EVICTED_PRIORITY -> Kind.END;
            case EVICTED_TTL -> Kind.EXPIRE;
            case REJECTED_CAPACITY,
                    REJECTED_TOO_LONG,
                    REJECTED_DEADLINE,
                    REJECTED_INVALID,
                    REJECTED_NO_ENDPOINTS,
                    REJECTED_BUDGET,
                    REJECTED_DEPENDENCY ->
                    Kind.REJECT;
        };
    }

    /** The broker's clock, which stamped the submission, may be ahead of the job's. */
    private long sinceSubmission(PendingRequest request) {
        return Math.max(0, nowMillis - request.submittedAtMillis());
    }
}

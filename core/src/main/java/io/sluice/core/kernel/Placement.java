package io.sluice.core.kernel;

import io.sluice.core.kernel.RouteRecord.Phase;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.prediction.RunForecast;
import io.sluice.core.prediction.ServiceModel;
import io.sluice.core.routing.Candidate;
import io.sluice.core.routing.FleetInstance;
import io.sluice.core.routing.FleetView;
import io.sluice.core.routing.OutstandingWork;
import io.sluice.core.routing.RoutingPolicy;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds an instance for a request, or says why there is none; and keeps the account of what is out
 * on each instance, by which it chooses.
 */
final class Placement {

    /** Where a request goes: to an instance, nowhere for good, or nowhere yet. */
    sealed interface Answer {
        record To(FleetInstance instance, Choice choice) implements Answer {}

        record Never(Verdict verdict) implements Answer {}

        /**
         * {@code starved} if instances are known and none will do; else the router does not know
         * enough yet.
         */
        record NotYet(boolean starved, String why) implements Answer {}
    }

    private final FleetView fleet;
    private final RoutingPolicy policy;
    private final OutstandingWork work;
    private final RouterSettings settings;
    private long joinsSeen;
    private long lastJoinMillis = Long.MIN_VALUE / 2;

    Placement(
            FleetView fleet, RoutingPolicy policy, OutstandingWork work, RouterSettings settings) {
        this.fleet = fleet;
        this.policy = policy;
        this.work = work;
        this.settings = settings;
    }

    Answer find(PendingRequest request, @Nullable String avoid, long now) {
        if (!fleet.isOpen()) {
            return new Answer.NotYet(false, "the job is taking stock of the fleet");
        }
        noteJoins(now);
        List<FleetInstance> eligible = eligible(request, fleet.living());
        List<FleetInstance> able = able(request, eligible);
        if (able.isEmpty()) {
            return eligible.isEmpty() ? starved(request) : nobodyIsAble(request, eligible, now);
        }
        List<FleetInstance> taking = filter(able, i -> !i.draining());
        if (taking.isEmpty()) {
            return new Answer.NotYet(true, "every instance that could serve it is draining");
        }
        List<FleetInstance> preferred =
                avoid == null ? taking : filter(taking, i -> !i.instanceId().equals(avoid));
        return choose(request, preferred.isEmpty() ? taking : preferred, taking.size(), now);
    }

    /** Sends a request where it has to go, for a reason. */
    Answer.To without(FleetInstance instance, PendingRequest request, String reason, long now) {
        Choice none = new Choice(null, reason, List.of(), 1, forecast(instance, request, now));
        return new Answer.To(instance, none);
    }

    private RunForecast forecast(FleetInstance instance, PendingRequest request, long now) {
        long start = now + Math.round(work.millisAheadOn(instance));
        return RunForecast.of(start, request, ServiceModel.of(instance.capacity()));
    }

    /**
     * Counts a request against an instance that has it.
     *
     * @return its predicted milliseconds there; 0 if the instance is not known
     */
    double count(String instanceId, PendingRequest request) {
        for (FleetInstance instance : fleet.all()) {
            if (instance.instanceId().equals(instanceId)) {
                return count(instance, request);
            }
        }
        return 0;
    }

    /** Counts a request against an instance; returns its predicted milliseconds there. */
    double count(FleetInstance instance, PendingRequest request) {
        double share = OutstandingWork.predict(instance, request);
        work.add(instance.instanceId(), share);
        return share;
    }

    /** Counts what a record says again. */
    void recount(RouteRecord record) {
        if (record.phase() == Phase.ASSIGNED && record.instanceId() != null) {
            work.add(record.instanceId(), record.work());
        }
    }

    /** Counts no more what a record says. */
    void discount(RouteRecord record) {
        if (record.instanceId() != null) {
            work.remove(record.instanceId(), record.work());
        }
    }

    /** The instance of that id, if it lives and could take the request now. */
    @Nullable FleetInstance ifItTakes(String instanceId, PendingRequest request) {
        for (FleetInstance instance : fleet.living()) {
            if (instance.instanceId().equals(instanceId)) {
                boolean takes = !instance.draining() && instance.capacity().canHold(request);
                return takes && fleet.isOpen() ? instance : null;
            }
        }
        return null;
    }

    private Answer.To choose(
            PendingRequest request, List<FleetInstance> candidates, int taking, long now) {
        int listed = candidates.size() > 1 ? settings.listedCandidates() : 0;
        List<Candidate> best = policy.best(listed, request, candidates, work);
        FleetInstance chosen = policy.choose(request, candidates, work);
        if (request.pinnedInstance() != null) {
            return without(chosen, request, "pinned to it", now);
        }
        if (candidates.size() > 1) {
            RunForecast forecast = forecast(chosen, request, now);
            return new Answer.To(
                    chosen,
                    new Choice(
                            policy.name(),
                            policy.reason(request),
                            best,
                            candidates.size(),
                            forecast));
        }
        String reason = taking == 1 ? "no other can take it" : "the other has just let go of it";
        return without(chosen, request, reason, now);
    }

    private static List<FleetInstance> able(PendingRequest request, List<FleetInstance> eligible) {
        return filter(eligible, i -> i.capacity().canHold(request));
    }

    private static List<FleetInstance> eligible(
            PendingRequest request, Collection<FleetInstance> instances) {
        String pinned = request.pinnedInstance();
        return filter(
                instances,
                i ->
                        (pinned == null || i.instanceId().equals(pinned))
                                && i.capacity().serves(request.model()));
    }

    private static List<FleetInstance> filter(
            Collection<FleetInstance> instances, Predicate<FleetInstance> test) {
        List<FleetInstance> passed = new ArrayList<>(instances.size());
        for (FleetInstance instance : instances) {
            if (test.test(instance)) {
                passed.add(instance);
            }
        }
        return passed;
    }

    private Answer starved(PendingRequest request) {
        String wanted =
                request.pinnedInstance() == null
                        ? "model '%s'".formatted(request.model())
                        : "model '%s' on instance '%s'"
                                .formatted(request.model(), request.pinnedInstance());
        List<String> known =
                fleet.living().stream()
                        .map(i -> i.instanceId() + " " + i.capacity().models())
                        .toList();
        return new Answer.NotYet(
                true, "no living instance serves %s; alive: %s".formatted(wanted, known));
    }

    /** The dead that are remembered are part of the fleet: one of them may be starting again. */
    private Answer nobodyIsAble(PendingRequest request, List<FleetInstance> eligible, long now) {
        List<String> dead =
                able(request, eligible(request, fleet.all())).stream()
                        .map(FleetInstance::instanceId)
                        .toList();
        return dead.isEmpty()
                ? tooLong(request, eligible, now)
                : new Answer.NotYet(true, "only dead instances could hold it: " + dead);
    }

    private Answer tooLong(PendingRequest request, List<FleetInstance> eligible, long now) {
        long largest =
                eligible.stream()
                        .mapToLong(i -> i.capacity().longestRunTokens())
                        .max()
                        .orElseThrow();
        String message =
                "needs %d tokens (prompt %d, output up to %d); the largest instance holds %d"
                        .formatted(
                                request.longestTokens(),
                                request.inputTokens(),
                                request.maxTokens(),
                                largest);
        return now - lastJoinMillis < settings.fleetSettleMillis()
                ? new Answer.NotYet(false, message)
                : new Answer.Never(new Verdict(Outcome.REJECTED_TOO_LONG, message));
    }

    private void noteJoins(long now) {
        if (fleet.joins() != joinsSeen) {
            joinsSeen = fleet.joins();
            lastJoinMillis = now;
        }
    }
}

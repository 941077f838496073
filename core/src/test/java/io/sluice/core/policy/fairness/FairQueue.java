package io.sluice.core.policy.fairness;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.policy.FairnessPolicy;
import io.sluice.core.policy.OrderMemory;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.QueueOrder;
import io.sluice.core.policy.QueuedRequest;
import io.sluice.core.prediction.ServiceModel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static io.sluice.core.testing.RequestBuilder.request;

/** A queue with fairness, driven as a lane drives it. */
final class FairQueue {

    private static final ServiceModel SERVICE = new ServiceModel(1, 10);

    private final OrderingPolicy ordering;
    private final FairnessPolicy fairness;
    final Map<QueuedRequest, PendingRequest> waiting = new HashMap<>();
    QueueOrder order;

    FairQueue(String fairness, String ordering) {
        this.ordering = PolicyCatalog.ordering(ordering);
        this.fairness = PolicyCatalog.fairness().make(fairness);
        this.order = this.fairness.newOrder(this.ordering, OrderMemory.EMPTY);
    }

    void arrive(PendingRequest request) {
        order.joined(request);
        enter(request);
    }

    void enter(PendingRequest request) {
        QueuedRequest queued = queued(request);
        waiting.put(queued, request);
        order.add(queued, request);
    }

    private QueuedRequest queued(PendingRequest request) {
        return new QueuedRequest(
                ordering.keyOf(request, SERVICE),
                request.expiresAtMillis(),
                request.reservedTokens(),
                request.longestTokens(),
                request.presentTokens(),
                SERVICE.serviceMillis(request),
                PriorityBand.of(request.priority()));
    }

    PendingRequest send() {
        QueuedRequest next = order.walk().next();
        PendingRequest request = waiting.remove(next);
        order.remove(next);
        order.sent(request);
        return request;
    }

    String sendId() {
        return send().key().requestId();
    }

    List<String> sendAll() {
        List<String> ids = new ArrayList<>();
        while (!waiting.isEmpty()) {
            ids.add(sendId());
        }
        return ids;
    }

    List<String> walked() {
        List<String> ids = new ArrayList<>();
        order.walk().forEachRemaining(queued -> ids.add(queued.key().requestId()));
        return ids;
    }

    void restore() {
        order = fairness.newOrder(ordering, order.memory());
        waiting.forEach(order::add);
    }

    /** A request that came as the number says. */
    static PendingRequest of(String tenant, int number, int input, int output) {
        return request(tenant + number)
                .tenant(tenant)
                .submittedAt(number)
                .tokens(input, output)
                .build();
    }
}

package io.sluice.apps.page;

import io.sluice.apps.page.live.LiveModel;
import io.sluice.apps.page.live.Records;
import io.sluice.schemas.avro.DecisionKind;

import java.time.Instant;

/** What waits, and how fast it goes. */
final class QueueScene {

    private static final String POLICY = "priority:max-overtake=30s";

    /** Time from one dispatch of a lane to the next. */
    private static final long PACE_MILLIS = 2_000;

    private static final int DISPATCHES = 10;

    private final LiveModel model;

    QueueScene(LiveModel model) {
        this.model = model;
    }

    /** Assigned three seconds after its submission, to start in five. */
    void route(String request, String instance, int priority, long now) {
        model.decision(
                Records.decision(DecisionKind.ROUTE, request, instance)
                        .setPriority(priority)
                        .setDecidedAt(Instant.ofEpochMilli(now))
                        .setQueueWaitMs(3_000L)
                        .setPredictedStartAt(Instant.ofEpochMilli(now + 5_000))
                        .setPredictedServiceMs(1_500.0)
                        .build());
    }

    /** The router keeps a request, and says why. */
    void hold(String request, String why, long now) {
        model.decision(
                Records.decision(DecisionKind.HOLD, request, "any")
                        .setInstanceId(null)
                        .setDecidedAt(Instant.ofEpochMilli(now))
                        .setQueueWaitMs(9_000L)
                        .setReason(why)
                        .build());
    }

    /** The lane has sent some others, one each two seconds, and holds so many. */
    void dispatches(String instance, int length, long now) {
        for (int i = DISPATCHES - 1; i >= 0; i--) {
            dispatch(instance + "-gone" + i, instance, length, now - i * PACE_MILLIS);
        }
    }

    /** A request is sent, and so many are left. */
    void dispatch(String request, String instance, int left, long now) {
        model.decision(
                Records.decision(DecisionKind.DISPATCH, request, instance)
                        .setPriority(4)
                        .setPolicy(POLICY)
                        .setPolicyVersion(0L)
                        .setReason("class P0, by submission; counts as submitted 0 ms later")
                        .setQueueLength(left)
                        .setQueuePosition(0)
                        .setDecidedAt(Instant.ofEpochMilli(now))
                        .build());
    }
}

package io.sluice.sim.protocol;

import java.util.List;

/**
 * The one subtask that says which policies are in force: what the control topic said last, and with
 * it the epoch.
 */
final class PolicyTask extends Task {

    static final String NAME = "policies";

    private static final long NO_EPOCH = 0;

    private final Edges edges;
    private Policies inForce;
    private long epoch = NO_EPOCH;

    PolicyTask(Attempt attempt, List<RouteTask> routes, List<LaneTask> lanes) {
        super(attempt, NAME);
        this.inForce = (Policies) attempt.restored(NAME, Policies.of(world().lanes));
        this.edges = Edges.between(world(), routes, lanes);
    }

    @Override
    void process(Message message) {
        if (message instanceof Message.Epoch m) {
            epoch = m.epoch();
        } else if (message instanceof Message.ChoosePolicies m) {
            inForce = inForce.changed(m.lanes(), m.routing());
        }
        if (epoch != NO_EPOCH) {
            edges.toAll(new Message.Notice(epoch, inForce));
        }
    }

    @Override
    Object snapshot() {
        return inForce;
    }

    @Override
    void forward(Message.Barrier barrier) {
        edges.toAll(barrier);
    }
}

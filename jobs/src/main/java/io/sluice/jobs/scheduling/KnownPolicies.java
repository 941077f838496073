package io.sluice.jobs.scheduling;

import io.sluice.core.policy.PolicyChoice;
import io.sluice.jobs.flow.DecidedBy;
import io.sluice.jobs.state.PolicyInForce;

import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

import org.jspecify.annotations.Nullable;

/**
 * The policies in force, as a subtask knows them. Kept in broadcast state, so that a restored
 * subtask goes on with them from its first record, whatever the options of the job say by now.
 */
final class KnownPolicies {

    /** The state, to be declared where the notices are broadcast. */
    static final MapStateDescriptor<String, PolicyInForce> STATE =
            new MapStateDescriptor<>(
                    "policies", Types.STRING, TypeInformation.of(PolicyInForce.class));

    private static final String KEY = "in force";

    /** Read by the thread of the metrics, too. */
    private volatile PolicyInForce inForce;

    private boolean recalled;

    /** Before anything else is known, what the options say is in force. */
    KnownPolicies(PolicyChoice options) {
        this.inForce = PolicyInForce.ofOptions(options);
    }

    /**
     * Reads the state, once.
     *
     * @return whether other policies are in force than was known
     */
    boolean recall(ReadOnlyBroadcastState<String, PolicyInForce> state) throws Exception {
        if (recalled) {
            return false;
        }
        recalled = true;
        PolicyInForce kept = state.get(KEY);
        return kept != null && note(kept);
    }

    /** Takes in a notice; returns as {@link #recall}. */
    boolean take(PolicyInForce notice, BroadcastState<String, PolicyInForce> state)
            throws Exception {
        recalled = true;
        if (notice.version() > 0) {
            state.put(KEY, notice);
        }
        return note(notice);
    }

    private boolean note(PolicyInForce news) {
        boolean changed = !news.equals(inForce);
        inForce = news;
        return changed;
    }

    PolicyChoice choice() {
        return inForce.toCore();
    }

    /** How many changes there have been. */
    long version() {
        return inForce.version();
    }

    DecidedBy ordering() {
        return by(inForce.ordering());
    }

    DecidedBy preemption() {
        return by(inForce.preemption());
    }

    DecidedBy routing() {
        return by(inForce.routing());
    }

    /** Where there was nothing to choose. */
    DecidedBy necessity() {
        return by(null);
    }

    private DecidedBy by(@Nullable String policy) {
        return new DecidedBy(policy, inForce.version(), inForce.position());
    }
}

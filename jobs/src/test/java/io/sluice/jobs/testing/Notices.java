package io.sluice.jobs.testing;

import io.sluice.core.policy.PolicyChoice;
import io.sluice.jobs.flow.JobNotice;
import io.sluice.jobs.state.LogPosition;
import io.sluice.jobs.state.PolicyInForce;

import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** What router and lanes are told of their job: epochs, and changes of policies one by one. */
public final class Notices {

    /** The state that the broadcast side keeps. */
    public static final MapStateDescriptor<String, PolicyInForce> STATE =
            new MapStateDescriptor<>(
                    "policies", Types.STRING, TypeInformation.of(PolicyInForce.class));

    private PolicyInForce inForce;

    /** Of a job with such options. */
    public Notices(PolicyChoice options) {
        this(PolicyInForce.ofOptions(options));
    }

    /** Of a job that is restored with such policies. */
    public Notices(PolicyInForce restored) {
        this.inForce = restored;
    }

    /** The policies in force. */
    public PolicyInForce inForce() {
        return inForce;
    }

    /** A job attempt begins. */
    public JobNotice epoch(long epoch) {
        return new JobNotice(epoch, inForce);
    }

    /** The next change, the first one at offset 1 of the control topic. */
    public JobNotice change(long epoch, PolicyChoice policies) {
        long offset = inForce.version() + 1;
        inForce = inForce.changedTo(policies, new LogPosition("control", 0, offset, 0));
        return epoch(epoch);
    }
}

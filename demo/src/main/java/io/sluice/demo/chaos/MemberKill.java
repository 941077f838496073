package io.sluice.demo.chaos;

import io.sluice.demo.local.RunningCluster;
import io.sluice.demo.process.StandingProcess;

/** {@code kill -9} of a process of the cluster, which is started again. */
record MemberKill(RunningCluster cluster, String target) implements Fault {

    @Override
    public void inject() {
        cluster.process(target).ifPresent(StandingProcess::kill);
    }

    @Override
    public void heal() {
        cluster.launch(target);
    }
}

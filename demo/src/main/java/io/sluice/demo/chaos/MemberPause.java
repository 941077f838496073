package io.sluice.demo.chaos;

import io.sluice.demo.local.RunningCluster;
import io.sluice.demo.process.Signals;
import io.sluice.demo.process.StandingProcess;

/**
 * A process of the cluster stands still. One that ends by itself when it goes on, because others
 * have given it up meanwhile, is found missing at the end of the round.
 */
record MemberPause(RunningCluster cluster, String target) implements Fault {

    @Override
    public void inject() {
        cluster.process(target).map(StandingProcess::pid).ifPresent(Signals::pause);
    }

    @Override
    public void heal() {
        cluster.process(target).map(StandingProcess::pid).ifPresent(Signals::resume);
    }
}

package io.sluice.sim.result;

import io.sluice.core.latency.Attainment;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.fleet.RequestResult;

/** Adds up what a run's users would say of it. */
final class QualityCollector {

    private final Samples longestWait = new Samples();
    private final TenantSpeeds tenants;
    private long promised;
    private long kept;

    QualityCollector(EngineProfile engine) {
        tenants = new TenantSpeeds(engine);
    }

    void add(RequestResult result) {
        tenants.add(result);
        Attainment joint = result.verdict().joint();
        promised += joint == Attainment.NO_TARGET ? 0 : 1;
        kept += joint == Attainment.MET ? 1 : 0;
        if (result.isCompleted()) {
            longestWait.add(result.longestWaitSeconds());
        }
    }

    RunFigures.Quality quality(double makespan) {
        return new RunFigures.Quality(
                promised == 0 ? Double.NaN : (double) kept / promised,
                promised == 0 || makespan == 0 ? Double.NaN : kept / makespan,
                tenants.jain(),
                longestWait.distribution());
    }
}

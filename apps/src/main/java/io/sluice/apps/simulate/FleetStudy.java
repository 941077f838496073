package io.sluice.apps.simulate;

import io.sluice.sim.fleet.FleetSetup;
import io.sluice.sim.fleet.FleetSimulation;
import io.sluice.sim.fleet.RunListener;
import io.sluice.sim.result.RunCollector;
import io.sluice.sim.result.RunFigures;
import io.sluice.sim.workload.SimulatedRequest;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/** A workload on a fleet of engines, behind the job's own router and lanes. */
final class FleetStudy implements Study {

    /** Requests of a seed, in the order of their release. */
    interface Requests extends LongFunction<Iterator<SimulatedRequest>> {}

    private final Map<String, String> workload;
    private final Requests requests;
    private final FleetChoice fleet;
    private final PrefixDefaults prefixes;

    FleetStudy(
            Map<String, String> workload,
            Requests requests,
            FleetChoice fleet,
            PrefixDefaults prefixes) {
        this.workload = workload;
        this.requests = requests;
        this.fleet = fleet;
        this.prefixes = prefixes;
    }

    @Override
    public Map<String, String> conditions() {
        Map<String, String> conditions = new LinkedHashMap<>(workload);
        conditions.putAll(fleet.conditions());
        return conditions;
    }

    @Override
    public void check(List<String> policies) {
        prefixes.check(policies);
        policies.forEach(this::setup);
    }

    private FleetSetup setup(String policy) {
        return fleet.under(prefixes.in(policy));
    }

    @Override
    public RunFigures run(String policy, long seed, CpuClock clock, RunListener results) {
        RunCollector collector = new RunCollector(fleet.instances().get(0));
        FleetSimulation simulation =
                new FleetSimulation(
                        setup(policy),
                        result -> {
                            collector.ended(result);
                            results.ended(result);
                        });
        Iterator<SimulatedRequest> source = requests.apply(seed);
        clock.start();
        simulation.run(clock.unmetered(source));
        clock.stop();
        return collector.figures(simulation.counters());
    }
}

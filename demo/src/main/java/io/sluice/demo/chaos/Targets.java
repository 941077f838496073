package io.sluice.demo.chaos;

import io.sluice.demo.cluster.FlinkRestException;
import io.sluice.demo.local.RunningCluster;
import io.sluice.demo.local.RunningCluster.Role;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;
import java.util.stream.StreamSupport;

/** What a planned fault strikes: something that is at work when it comes. */
record Targets(ChaosSystem system) {

    Fault of(PlannedFault planned) {
        int draw = planned.draw();
        RunningCluster cluster = system.cluster();
        return switch (planned.kind()) {
            case TASK_MANAGER_KILL -> new MemberKill(cluster, busyTaskManager(draw));
            case TASK_MANAGER_PAUSE -> new MemberPause(cluster, busyTaskManager(draw));
            case JOB_MANAGER_KILL -> new MemberKill(cluster, member(Role.JOB_MANAGER, draw));
            case JOB_MANAGER_PAUSE -> new MemberPause(cluster, member(Role.JOB_MANAGER, draw));
            case BROKER_KILL -> new MemberKill(cluster, member(Role.BROKER, draw));
            case BROKER_PAUSE -> new MemberPause(cluster, member(Role.BROKER, draw));
            case WORKER_KILL -> new WorkerKill(pick(system.workers(), draw));
            case WORKER_PAUSE -> new WorkerPause(pick(system.workers(), draw));
            case WORKER_CUT -> new WorkerCut(system.workers().get(0), system.equipment().line());
            case WORKER_CLOCK_STEP ->
                    ClockStep.of(
                            system.workers().get(system.workers().size() - 1),
                            system.equipment().clock(),
                            draw);
            case CHECKPOINT_DISK_FULL -> new DiskFull(system.equipment().disk());
            case CHECKPOINT_DISK_SLOW -> DiskSlow.of(system.checkpoints(), draw);
            case JOB_OUTAGE -> new JobOutage(cluster, system.job());
            case REPLAYER_KILL -> new ReplayerKill(system.load());
            case POISON -> new Poison(system.brokers(), draw);
        };
    }

    private String member(Role role, int draw) {
        return pick(system.cluster().members(role), draw);
    }

    /** One with tasks: the loss of another would disturb nobody. */
    private String busyTaskManager(int draw) {
        List<String> all = system.cluster().members(Role.TASK_MANAGER);
        List<String> busy = all.stream().filter(busyIds()::contains).toList();
        return pick(busy.isEmpty() ? all : busy, draw);
    }

    private List<String> busyIds() {
        try {
            JsonNode registered = system.cluster().rest().get("/taskmanagers").path("taskmanagers");
            return StreamSupport.stream(registered.spliterator(), false)
                    .filter(one -> one.path("freeSlots").asInt() < one.path("slotsNumber").asInt())
                    .map(one -> one.path("id").asText().replaceFirst("-[0-9]+$", ""))
                    .toList();
        } catch (FlinkRestException jobManagerIsDown) {
            return List.of();
        }
    }

    private static <T> T pick(List<T> all, int draw) {
        return all.get(draw % all.size());
    }
}

package io.sluice.jobs.differential;

import io.sluice.jobs.flow.CommandMessage;
import io.sluice.jobs.flow.JobNotice;
import io.sluice.jobs.flow.LaneInput;
import io.sluice.jobs.flow.Tick;
import io.sluice.jobs.scheduling.InstanceSchedulerFunction;
import io.sluice.jobs.scheduling.SchedulingSettings;
import io.sluice.jobs.state.PolicyInForce;
import io.sluice.jobs.testing.Backend;
import io.sluice.jobs.testing.BroadcastHarness;
import io.sluice.jobs.testing.Notices;
import io.sluice.jobs.testing.SubtaskOfKey;
import io.sluice.sim.driver.LaneEvent;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

import java.util.ArrayList;
import java.util.List;

/**
 * The lanes of the job's operator, on one subtask at first and, after each restore, on two and one
 * in turn.
 */
final class FlinkLanes implements LaneHost {

    private static final int PARTITIONS = 3;

    private final BroadcastHarness.Spec<LaneInput, JobNotice, CommandMessage> spec;
    private final long tickMillis;
    private final List<BroadcastHarness<LaneInput, JobNotice, CommandMessage>> subtasks =
            new ArrayList<>();
    private OperatorSubtaskState[] checkpoint = {};
    private Notices notices;
    private PolicyInForce kept;
    private boolean epochKnown;
    private long epoch;
    private long now;

    FlinkLanes(SchedulingSettings settings, Backend backend) throws Exception {
        spec =
                new BroadcastHarness.Spec<>(
                        () -> new InstanceSchedulerFunction(settings),
                        LaneInput::key,
                        Notices.STATE,
                        backend);
        tickMillis = settings.tickMillis();
        notices = new Notices(settings.policies());
        kept = notices.inForce();
        subtasks.add(BroadcastHarness.open(spec));
    }

    /** One granule of wake-ups after the other, as the clock of a machine would. */
    @Override
    public void advanceTo(long millis) throws Exception {
        for (long tick = now - now % tickMillis + tickMillis; tick < millis; tick += tickMillis) {
            clock(tick);
        }
        clock(millis);
    }

    private void clock(long millis) throws Exception {
        now = millis;
        for (BroadcastHarness<LaneInput, JobNotice, CommandMessage> subtask : subtasks) {
            subtask.clock(millis);
        }
    }

    @Override
    public void take(LaneEvent event) throws Exception {
        if (event instanceof LaneEvent.EpochStarted start) {
            epoch = start.epoch();
            epochKnown = true;
            broadcast(notices.epoch(epoch));
        } else if (event instanceof LaneEvent.PoliciesChosen chosen) {
            JobNotice notice = notices.change(epoch, chosen.policies());
            if (epochKnown) {
                broadcast(notice);
            }
        } else if (event instanceof LaneEvent.Ticked ticked) {
            Tick tick = new Tick(epoch, ticked.partition(), PARTITIONS, ticked.logMillis());
            for (int i = 0; i < subtasks.size(); i++) {
                String key = SubtaskOfKey.someKeyOf(i, subtasks.size());
                subtasks.get(i).process(LaneInput.tick(key, tick));
            }
        } else if (event instanceof LaneEvent.ToLane toLane) {
            int subtask = SubtaskOfKey.of(toLane.instanceId(), subtasks.size());
            subtasks.get(subtask).process(LaneInputs.of(toLane));
        }
    }

    private void broadcast(JobNotice notice) throws Exception {
        for (BroadcastHarness<LaneInput, JobNotice, CommandMessage> subtask : subtasks) {
            subtask.broadcast(notice);
        }
    }

    @Override
    public void checkpoint() throws Exception {
        kept = notices.inForce();
        checkpoint = new OperatorSubtaskState[subtasks.size()];
        for (int i = 0; i < checkpoint.length; i++) {
            checkpoint[i] = subtasks.get(i).snapshot();
        }
    }

    @Override
    public void restore(long nowMillis) throws Exception {
        close();
        notices = new Notices(kept);
        epochKnown = false;
        int parallelism = 3 - subtasks.size();
        subtasks.clear();
        for (int i = 0; i < parallelism; i++) {
            subtasks.add(BroadcastHarness.restore(spec, parallelism, i, checkpoint));
        }
        clock(nowMillis);
    }

    @Override
    public LaneLog drain() {
        LaneLog log = new LaneLog();
        for (BroadcastHarness<LaneInput, JobNotice, CommandMessage> subtask : subtasks) {
            subtask.drain().forEach(command -> log.commands().add(Lines.of(command)));
            subtask.drain(InstanceSchedulerFunction.DECISIONS)
                    .forEach(decision -> log.decisions().add(Lines.of(decision)));
            subtask.drain(InstanceSchedulerFunction.RELEASES)
                    .forEach(
                            release ->
                                    log.releases()
                                            .add(Lines.of(release.atMillis(), release.release())));
        }
        return log;
    }

    @Override
    public void close() {
        subtasks.forEach(BroadcastHarness::close);
    }
}

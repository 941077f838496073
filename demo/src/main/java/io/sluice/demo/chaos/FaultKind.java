package io.sluice.demo.chaos;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What can go wrong, how long it lasts, and how its end is told. */
enum FaultKind {
    /** {@code kill -9} of a task manager. */
    TASK_MANAGER_KILL(Target.TASK_MANAGER, Recovery.NEXT_EPOCH, 2, 6),
    /** {@code kill -9} of the job manager. */
    JOB_MANAGER_KILL(Target.JOB_MANAGER, Recovery.NEXT_EPOCH, 1, 4),
    /** {@code kill -9} of a broker. */
    BROKER_KILL(Target.BROKER, Recovery.ONCE_HEALED, 2, 6),
    /** {@code kill -9} of a worker. */
    WORKER_KILL(Target.WORKER, Recovery.NEXT_INCARNATION, 1, 9),
    /** {@code kill -9} of the replayer, which then sends everything of its round again. */
    REPLAYER_KILL(Target.REPLAYER, Recovery.NONE, 1, 4),
    /** A task manager stands still for longer than Flink's heartbeat timeout. */
    TASK_MANAGER_PAUSE(Target.TASK_MANAGER, Recovery.NEXT_EPOCH, 14, 18),
    /** The job manager stands still for longer than its session with ZooKeeper. */
    JOB_MANAGER_PAUSE(Target.JOB_MANAGER, Recovery.NEXT_EPOCH, 14, 18),
    /** A worker stands still for longer than its lease. */
    WORKER_PAUSE(Target.WORKER, Recovery.NEXT_INCARNATION, 8, 14),
    /** A broker stands still for longer than its session with its controller. */
    BROKER_PAUSE(Target.BROKER, Recovery.ONCE_HEALED, 6, 10),
    /** A worker loses every packet to and from the brokers, for longer than its lease. */
    WORKER_CUT(Target.WORKER, Recovery.NEXT_INCARNATION, 8, 14),
    /** A worker's wall clock jumps ahead or back, and is right again later. */
    WORKER_CLOCK_STEP(Target.WORKER, Recovery.NONE, 5, 15),
    /** No checkpoint can be written, for want of space. */
    CHECKPOINT_DISK_FULL(Target.CHECKPOINTS, Recovery.NEXT_EPOCH, 3, 8),
    /** Checkpoints take seconds longer to be written. */
    CHECKPOINT_DISK_SLOW(Target.CHECKPOINTS, Recovery.NONE, 8, 14),
    /** Records that nobody can read, between good ones. */
    POISON(Target.TOPICS, Recovery.NONE, 1, 5),
    /**
     * All of Flink is killed right after a checkpoint, before or while its outcomes are committed,
     * and stays down for longer than Kafka keeps a transaction open by default, while requests go
     * on.
     */
    JOB_OUTAGE(Target.ALL_OF_FLINK, Recovery.ONCE_HEALED, 62, 75);

    /** What a fault strikes. Two faults at once strike different targets. */
    enum Target {
        TASK_MANAGER,
        JOB_MANAGER,
        BROKER,
        WORKER,
        REPLAYER,
        CHECKPOINTS,
        TOPICS,
        ALL_OF_FLINK;

        private static final Set<Target> PARTS_OF_FLINK =
                EnumSet.of(TASK_MANAGER, JOB_MANAGER, CHECKPOINTS, ALL_OF_FLINK);

        /** Whether two faults can strike them at once, and still be told apart. */
        boolean goesWith(Target other) {
            return this != other
                    && !(isAllOfFlinkAndAPart(other) || other.isAllOfFlinkAndAPart(this));
        }

        private boolean isAllOfFlinkAndAPart(Target other) {
            return this == ALL_OF_FLINK && PARTS_OF_FLINK.contains(other);
        }
    }

    /** The dispatch that says that a fault has been overcome. */
    enum Recovery {
        /** It does not keep the job from dispatching. */
        NONE,
        /** The first of the job's next attempt. */
        NEXT_EPOCH,
        /** The first to the next incarnation of the worker. */
        NEXT_INCARNATION,
        /** The first after what was struck has been brought back. */
        ONCE_HEALED
    }

    private static final int LONGEST_SHORT_SECONDS = 30;

    private final Target target;
    private final Recovery recovery;
    private final int shortestSeconds;
    private final int longestSeconds;

    FaultKind(Target target, Recovery recovery, int shortestSeconds, int longestSeconds) {
        this.target = target;
        this.recovery = recovery;
        this.shortestSeconds = shortestSeconds;
        this.longestSeconds = longestSeconds;
    }

    Target target() {
        return target;
    }

    Recovery recovery() {
        return recovery;
    }

    /** The least time from the fault until it is healed. */
    int shortestSeconds() {
        return shortestSeconds;
    }

    /** The most time from the fault until it is healed. */
    int longestSeconds() {
        return longestSeconds;
    }

    /** Whether a process is killed by it. */
    boolean kills() {
        return name().endsWith("_KILL");
    }

    /** Whether no request is dispatched until it has been overcome. */
    boolean stopsJob() {
        return recovery == Recovery.NEXT_EPOCH || recovery == Recovery.ONCE_HEALED;
    }

    /** Whether it takes too long for a short run. */
    boolean isLong() {
        return longestSeconds > LONGEST_SHORT_SECONDS;
    }

    /** Its name on the command line and in reports. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The kind with a title.
     *
     * @throws IllegalArgumentException if there is none
     */
    static FaultKind titled(String title) {
        return Arrays.stream(values())
                .filter(kind -> kind.title().equals(title))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no fault is called %s; there are %s"
                                                .formatted(title, titles())));
    }

    private static String titles() {
        List<String> titles = Arrays.stream(values()).map(FaultKind::title).toList();
        return String.join(", ", titles);
    }
}

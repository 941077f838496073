package io.sluice.jobs.differential;

import io.sluice.core.model.BlockHashes;
import io.sluice.core.model.Passengers;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.SloTarget;
import io.sluice.sim.protocol.Agenda;

import java.util.Arrays;
import java.util.Random;

/**
 * Users: requests of all kinds, many of them at one millisecond and of one priority, so that ties
 * have to be broken; some are repeated, cancelled, or given another priority and more or less that
 * waits for them.
 */
final class Traffic {

    private static final double MEAN_GAP_MILLIS = 9;

    private final Agenda agenda;
    private final Random random;
    private final JobSide job;
    private final long endMillis;
    private int count;

    Traffic(Agenda agenda, long seed, JobSide job, long endMillis) {
        this.agenda = agenda;
        this.random = new Random(seed);
        this.job = job;
        this.endMillis = endMillis;
    }

    void start() {
        if (agenda.now() >= endMillis) {
            return;
        }
        int together = random.nextInt(20) == 0 ? 20 : 1;
        for (int i = 0; i < together; i++) {
            submit();
        }
        long gap = (long) (-Math.log(1 - random.nextDouble()) * MEAN_GAP_MILLIS * together);
        agenda.after(gap, this::start);
    }

    private void submit() {
        PendingRequest request = request();
        job.read(() -> job.router().submit(request));
        switch (random.nextInt(20)) {
            case 0 -> agenda.after(gap(30), () -> job.read(() -> job.router().submit(request)));
            case 1, 2 -> {
                Runnable cancel = () -> job.read(() -> job.router().cancel(request.key()));
                agenda.after(gap(600), cancel);
                agenda.after(600 + gap(2_000), cancel);
            }
            case 3, 4 -> {
                int priority = priority();
                long path = (count + 2) % 5 * 400L;
                agenda.after(
                        gap(300),
                        () -> job.read(() -> job.router().revalue(request.key(), priority, path)));
            }
            default -> {}
        }
    }

    private long gap(int mostMillis) {
        return 1 + random.nextInt(mostMillis);
    }

    private int priority() {
        return random.nextInt(5) - 1;
    }

    private PendingRequest request() {
        long now = agenda.now();
        boolean tooLong = random.nextInt(80) == 0;
        long ttlEnd =
                random.nextInt(6) == 0 ? now + 200 + random.nextInt(3_000) : PendingRequest.NEVER;
        long deadline =
                random.nextInt(4) == 0 ? now + 300 + random.nextInt(5_000) : PendingRequest.NEVER;
        int maxTokens = random.nextInt(10) == 0 ? 0 : 10 + random.nextInt(200);
        PendingRequest request =
                new PendingRequest(
                        new RequestKey(random.nextBoolean() ? "acme" : "globex", "r" + count++),
                        "m",
                        priority(),
                        now,
                        Math.min(ttlEnd, deadline),
                        deadline,
                        tooLong ? 5_000 : 20 + random.nextInt(600),
                        maxTokens,
                        random.nextInt(3) == 0 ? 1 + random.nextInt(200) : 0,
                        SloTarget.NONE,
                        null,
                        null,
                        new Passengers(now, 0, null, null, null, false, null, null, hashes(count)));
        return request.withCriticalPath(count % 5 * 400L);
    }

    /** Up to four blocks: one common to all, one of a user, two of its own. */
    private static BlockHashes hashes(int number) {
        long[] blocks = {1, 100 + number % 7, 10_000 + number, 20_000 + number};
        int known = number % (blocks.length + 1);
        return known == 0 ? BlockHashes.NONE : new BlockHashes(64, Arrays.copyOf(blocks, known));
    }
}

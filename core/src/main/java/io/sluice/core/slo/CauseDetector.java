package io.sluice.core.slo;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * Tells at the end of a slot what may be why objectives are missed: compares the last {@value
 * #RECENT_SLOTS} slots with the {@value #BEFORE_SLOTS} before them, and asks who has been silent. A
 * function of what is remembered, which is bounded, and of the time.
 *
 * @param scale how log time is cut into slots
 * @param leaseMillis silence after which an instance is dead
 */
public record CauseDetector(SlotScale scale, long leaseMillis) {

    /** Slots that are judged. */
    public static final int RECENT_SLOTS = 3;

    /** Slots before those, which they are compared with. */
    public static final int BEFORE_SLOTS = 30;

    /** Slots for which a cause is still told when it is over: what it caused goes on for longer. */
    public static final int LINGER_SLOTS = 30;

    /** Slots after which an instance that was lost is history. */
    public static final int FORGET_SLOTS = 360;

    /** Instances that are watched; those above it, in the order of their names, are not. */
    public static final int MOST_INSTANCES = 1_000;

    /** Causes that are told at a time. */
    public static final int MOST_CAUSES = 200;

    /** Mean wait until dispatch, milliseconds: above a second, and twice what it was. */
    static final Rise QUEUE = new Rise(1_000, 2, 10, true);

    /** Mean time until a command is accepted, milliseconds: above a second, and three times. */
    static final Rise LAG = new Rise(1_000, 3, 5, false);

    /** Share of what ended that expired waiting: above 5 %, and three times what it was. */
    static final Rise EXPIRY = new Rise(0.05, 3, 20, false);

    /** How much longer or shorter than predicted outputs are: above a half more than the lesser. */
    static final Rise DRIFT = new Rise(0.5, 0, 20, false);

    /** A level now, and before. */
    private record Change(Rise.Level recent, Rise.Level before) {}

    /**
     * Evaluates the end of a slot.
     *
     * @param memory what is remembered; brought up to date
     * @param atMillis end of the slot
     * @return the causes in the order of their beginning, those that are over not long ago included
     */
    public List<Cause> evaluate(CauseMemory memory, long atMillis) {
        long recentFrom = atMillis - RECENT_SLOTS * scale.slotMillis();
        long beforeFrom = recentFrom - BEFORE_SLOTS * scale.slotMillis();
        memory.forgetBefore(beforeFrom);
        new Evaluation(
                        memory,
                        atMillis,
                        memory.between(recentFrom, atMillis),
                        memory.between(beforeFrom, recentFrom))
                .run();
        long lingering = atMillis - LINGER_SLOTS * scale.slotMillis();
        memory.byKey().values().removeIf(cause -> cause.overMillis() <= lingering);
        return StreamSupport.stream(memory.causes().spliterator(), false)
                .sorted(Cause.BY_BEGINNING)
                .toList();
    }

    /** One evaluation. */
    private final class Evaluation {

        private final CauseMemory memory;
        private final long atMillis;
        private final SortedMap<String, CauseFacts> recent;
        private final SortedMap<String, CauseFacts> before;

        Evaluation(
                CauseMemory memory,
                long atMillis,
                SortedMap<String, CauseFacts> recent,
                SortedMap<String, CauseFacts> before) {
            this.memory = memory;
            this.atMillis = atMillis;
            this.recent = recent;
            this.before = before;
        }

        void run() {
            silence();
            SortedSet<String> instances = new TreeSet<>(recent.keySet());
            memory.byKey().values().forEach(cause -> instances.add(cause.key().place()));
            for (String instance : instances) {
                if (!instance.equals(CauseMemory.FLEET)) {
                    waits(instance);
                }
            }
            ends();
        }

        private void silence() {
            int watched = 0;
            Iterator<Map.Entry<String, CauseFacts.Life>> lives =
                    memory.lives().entrySet().iterator();
            while (lives.hasNext()) {
                Map.Entry<String, CauseFacts.Life> entry = lives.next();
                long silent = atMillis - entry.getValue().heartbeatMillis();
                boolean isSilent = silent > leaseMillis;
                boolean gone = isSilent && entry.getValue().draining();
                boolean history = silent > Math.max(2 * leaseMillis, forgetMillis());
                if (gone || history || ++watched > MOST_INSTANCES) {
                    lives.remove();
                    isSilent = false;
                }
                silence(entry.getKey(), entry.getValue(), isSilent);
            }
        }

        private long forgetMillis() {
            return FORGET_SLOTS * scale.slotMillis();
        }

        private void silence(String instance, CauseFacts.Life life, boolean isSilent) {
            Cause.Key key = new Cause.Key(CauseKind.INSTANCE_LOST, instance);
            long since = life.heartbeatMillis();
            String detail =
                    say(
                            "no heartbeat for %.1f s; dead after %.1f s",
                            (atMillis - since) / 1e3, leaseMillis / 1e3);
            settle(new Cause(key, since, Cause.GOES_ON, leaseMillis, detail), isSilent, isSilent);
        }

        private void waits(String instance) {
            CauseFacts now = recent.getOrDefault(instance, CauseFacts.NONE);
            CauseFacts then = before.getOrDefault(instance, CauseFacts.NONE);
            Change waits = new Change(Rise.Level.of(now.waits()), Rise.Level.of(then.waits()));
            Change lags = new Change(Rise.Level.of(now.lags()), Rise.Level.of(then.lags()));
            judge(
                    new Cause.Key(CauseKind.QUEUE_GROWTH, instance),
                    QUEUE,
                    waits,
                    say(
                            "requests waited %.1f s for their dispatch, before %.1f s",
                            waits.recent.mean() / 1e3, waits.before.mean() / 1e3));
            judge(
                    new Cause.Key(CauseKind.DISPATCH_LAG, instance),
                    LAG,
                    lags,
                    say(
                            "commands were accepted after %.1f s, before %.1f s",
                            lags.recent.mean() / 1e3, lags.before.mean() / 1e3));
        }

        private void ends() {
            CauseFacts.Ends now = recent.getOrDefault(CauseMemory.FLEET, CauseFacts.NONE).ends();
            CauseFacts.Ends then = before.getOrDefault(CauseMemory.FLEET, CauseFacts.NONE).ends();
            Change expiry =
                    new Change(
                            Rise.Level.share(now.expired(), now.ended()),
                            Rise.Level.share(then.expired(), then.ended()));
            judge(
                    new Cause.Key(CauseKind.EXPIRY_WAVE, null),
                    EXPIRY,
                    expiry,
                    say(
                            "%d of %d requests expired waiting, before %.1f %%",
                            now.expired(), now.ended(), expiry.before.mean() * 100));
            drift(now.plus(then));
        }

        /** Lengths vary much, so that only many of them tell: recent and before together. */
        private void drift(CauseFacts.Ends ends) {
            double ratio = (double) ends.actualTokens() / Math.max(1, ends.predictedTokens());
            double off = ratio == 0 ? Double.MAX_VALUE : Math.max(ratio, 1 / ratio) - 1;
            Rise.Level level = new Rise.Level(ends.predicted(), off);
            Cause.Key key = new Cause.Key(CauseKind.PREDICTION_DRIFT, null);
            judge(
                    key,
                    DRIFT,
                    new Change(level, level),
                    say(
                            "outputs of %d requests had %.2f times the tokens predicted",
                            ends.predicted(), ratio));
        }

        private void judge(Cause.Key key, Rise rise, Change change, String detail) {
            Cause known = memory.byKey().get(CauseMemory.keyOf(key));
            double limit =
                    known != null && known.goesOn() ? known.limit() : rise.limit(change.before);
            long since = atMillis - RECENT_SLOTS * scale.slotMillis();
            settle(
                    new Cause(key, since, Cause.GOES_ON, limit, detail),
                    rise.begins(change.recent, limit),
                    rise.goesOn(change.recent, limit));
        }

        /** A cause that comes back while it is still told goes on, as the same one. */
        private void settle(Cause seen, boolean begins, boolean goesOn) {
            Cause known = memory.byKey().get(CauseMemory.keyOf(seen.key()));
            if (known == null) {
                if (begins && memory.byKey().size() < MOST_CAUSES) {
                    memory.put(seen);
                }
            } else if (known.goesOn() ? goesOn : begins) {
                memory.put(known.now(seen.detail()));
            } else if (known.goesOn()) {
                memory.put(known.over(atMillis));
            }
        }
    }

    private static String say(String format, Object... numbers) {
        return String.format(Locale.ROOT, format, numbers);
    }
}

package io.sluice.apps.alerts;

import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.delivery.Backoff;
import io.sluice.apps.delivery.Delivery;
import io.sluice.apps.delivery.Delivery.Later;
import io.sluice.apps.delivery.Delivery.Refused;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.avro.Alert;
import io.sluice.schemas.avro.AlertSeverity;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Set;

/**
 * Takes alerts from their topic to a receiver, one at a time, each at least once, and remembers
 * with the broker how far it has come. While the receiver cannot take anything, all alerts wait.
 */
final class Courier implements AutoCloseable {

    /**
     * How it works.
     *
     * @param group consumer group that remembers what was told
     * @param severity only alerts of it; null for all
     * @param backoff how long to wait after failures
     */
    record Settings(String group, @Nullable AlertSeverity severity, Backoff backoff) {}

    /** How it went so far. */
    record Tally(long told, long failures, long refused, long unreadable) {}

    private static final Duration POLL = Duration.ofMillis(500);

    /** The group takes a member for dead that does not poll for five minutes. */
    private static final long LONGEST_TURN_MILLIS = 60_000;

    private final AlertReceiver receiver;
    private final Settings settings;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Outbox outbox;
    private final AlertLog log;
    private final AvroCodec<Alert> codec = AvroCodec.of(Alert.class);
    private long retryMillis;
    private volatile boolean closed;
    private volatile Tally tally = new Tally(0, 0, 0, 0);

    /**
     * A courier, not yet under way.
     *
     * @param kafka where the alerts are
     * @param receiver who is told
     * @param settings how it works
     * @param screen where it says what it does, and what goes wrong
     */
    Courier(KafkaAccess kafka, AlertReceiver receiver, Settings settings, Screen screen) {
        this.receiver = receiver;
        this.settings = settings;
        this.out = screen.out();
        this.err = screen.err();
        this.outbox = new Outbox(receiver.repeatEvery());
        this.log = new AlertLog(kafka, settings.group(), new Intake());
    }

    /** Where a person reads. */
    record Screen(PrintWriter out, PrintWriter err) {}

    /** Works until it is closed. */
    void run() {
        try (log) {
            while (!closed) {
                log.read(patience());
                if (!log.isReadingBack()) {
                    tellWhatIsDue();
                    log.remember(outbox.toldUpTo(log.positions()));
                }
            }
        } catch (WakeupException stopped) {
            // Closed. What was told since the last commit is told again by the next process.
        }
    }

    private Duration patience() {
        long next = Math.max(outbox.nextDueMillis(), retryMillis) - receiver.clock().millis();
        return next >= POLL.toMillis() ? POLL : Duration.ofMillis(Math.max(0, next));
    }

    private void tellWhatIsDue() {
        long turnEnds = receiver.clock().millis() + LONGEST_TURN_MILLIS;
        long now = receiver.clock().millis();
        while (!closed && now >= retryMillis && now < turnEnds) {
            Alert alert = outbox.due(now);
            if (alert == null) {
                return;
            }
            tell(alert);
            now = receiver.clock().millis();
        }
    }

    private void tell(Alert alert) {
        Delivery delivery = receiver.tell(alert);
        if (delivery instanceof Later later) {
            long wait = settings.backoff().failed(later.atLeast());
            retryMillis = receiver.clock().millis() + wait;
            count(0, 1, 0, 0);
            say(
                    err,
                    "not taken: %s; %d wait, tried again in %d ms"
                            .formatted(later.reason(), outbox.waiting(), wait),
                    alert);
            return;
        }
        settings.backoff().succeeded();
        outbox.done(alert, receiver.clock().millis());
        if (delivery instanceof Refused refused) {
            count(0, 0, 1, 0);
            say(err, "refused, not tried again: " + refused.reason(), alert);
        } else {
            count(1, 0, 0, 0);
            say(out, "told", alert);
        }
    }

    private static void say(PrintWriter screen, String what, Alert alert) {
        screen.printf("%s %s %s%n", alert.getState(), alert.getAlertId(), what);
        screen.flush();
    }

    private void count(int told, int failures, int refused, int unreadable) {
        Tally before = tally;
        tally =
                new Tally(
                        before.told + told,
                        before.failures + failures,
                        before.refused + refused,
                        before.unreadable + unreadable);
    }

    Tally tally() {
        return tally;
    }

    /** Ends the work soon. Any thread. */
    @Override
    public void close() {
        closed = true;
        log.stop();
    }

    /** What is read goes to the outbox. */
    private final class Intake implements AlertLog.Listener {

        @Override
        public void read(ConsumerRecord<byte[], byte[]> record, boolean told) {
            if (record.value() == null) {
                return;
            }
            try {
                Alert alert = codec.decode(record.value());
                AlertSeverity wanted = settings.severity();
                if (wanted == null || wanted == alert.getSeverity()) {
                    outbox.take(alert, record.partition(), record.offset(), told);
                }
            } catch (DecodeException wrong) {
                count(0, 0, 0, 1);
                err.printf(
                        "%s-%d@%d is no alert: %s%n",
                        record.topic(), record.partition(), record.offset(), wrong.getMessage());
                err.flush();
            }
        }

        @Override
        public void firstTimeAt(int partition) {
            outbox.skipWhatIsOver(partition);
        }

        @Override
        public void lost(Set<Integer> partitions) {
            outbox.forget(partitions);
        }
    }
}

package io.sluice.demo.chaos;

import io.sluice.schemas.avro.CommandType;
import io.sluice.schemas.avro.DispatchCommand;

import org.junit.jupiter.api.Test;

import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

class DispatchesTest {

    private final Dispatches dispatches = new Dispatches();

    @Test
    void onlyTheNextAttemptOfTheJobSaysThatItRecovered() {
        dispatches.add(command("gpu-1", 1, 4, "a", 1));
        Stopwatch recovery = dispatches.untilNextEpoch();

        dispatches.add(command("gpu-1", 1, 4, "b", 1));
        assertThat(recovery.seconds()).isEmpty();

        dispatches.add(command("gpu-2", 1, 5, "c", 1));
        assertThat(recovery.seconds()).isPresent();
    }

    @Test
    void onlyTheNextIncarnationOfTheSameWorkerSaysThatItRecovered() {
        dispatches.add(command("gpu-1", 7, 1, "a", 1));
        Stopwatch.Healing healing = new Stopwatch.Healing();
        Stopwatch recovery = dispatches.untilNextIncarnation("gpu-1", healing);
        healing.done();

        dispatches.add(command("gpu-1", 7, 2, "b", 1));
        dispatches.add(command("gpu-2", 9, 2, "c", 1));
        assertThat(recovery.seconds()).isEmpty();

        dispatches.add(command("gpu-1", 8, 2, "d", 1));
        assertThat(recovery.seconds()).isPresent();
    }

    @Test
    void anIncarnationThatWasNewWhenItWasStruckIsNotTheNext() {
        dispatches.add(command("gpu-1", 7, 1, "a", 1));
        Stopwatch.Healing healing = new Stopwatch.Healing();
        Stopwatch recovery = dispatches.untilNextIncarnation("gpu-1", healing);

        dispatches.add(command("gpu-1", 8, 1, "b", 1));
        healing.done();
        dispatches.add(command("gpu-1", 8, 1, "c", 1));
        assertThat(recovery.seconds()).isEmpty();

        dispatches.add(command("gpu-1", 9, 1, "d", 1));
        assertThat(recovery.seconds()).isPresent();
    }

    @Test
    void beforeItIsHealedNothingSaysThatItRecovered() {
        Stopwatch.Healing healing = new Stopwatch.Healing();
        Stopwatch recovery = dispatches.untilAfter(healing);

        dispatches.add(command("gpu-1", 1, 1, "a", 1));
        assertThat(recovery.seconds()).isEmpty();

        healing.done();
        dispatches.add(command("gpu-1", 1, 1, "b", 1));
        assertThat(recovery.seconds()).isPresent();
    }

    @Test
    void aTimeThatWasTakenStays() {
        Stopwatch recovery = dispatches.untilNextEpoch();
        dispatches.add(command("gpu-1", 1, 1, "a", 1));
        double taken = recovery.seconds().orElseThrow();

        dispatches.add(command("gpu-1", 1, 2, "b", 1));

        assertThat(recovery.seconds()).hasValue(taken);
    }

    @Test
    void anAttemptThatIsSentTwiceIsOneMore() {
        dispatches.add(command("gpu-1", 1, 1, "a", 1));
        dispatches.add(command("gpu-2", 1, 1, "a", 2));
        dispatches.add(command("gpu-2", 1, 2, "a", 2));

        assertThat(dispatches.again()).isEqualTo(1);
    }

    /** Else the loss of a job manager that stood by would last until the next fault. */
    @Test
    void whatIsAwaitedNoMoreIsNotTakenLater() {
        Stopwatch nextEpoch = dispatches.untilNextEpoch();

        dispatches.awaitNoMore();
        dispatches.add(command("gpu-1", 1, 5, "a", 1));

        assertThat(nextEpoch.seconds()).isEmpty();
    }

    @Test
    void waitsAreTakenOnce() {
        dispatches.add(command("gpu-1", 1, 1, "a", 1));

        assertThat(dispatches.takeWaits()).containsExactly(12L);
        assertThat(dispatches.takeWaits()).isEmpty();
    }

    private static DispatchCommand command(
            String instance, long incarnation, long epoch, String request, int attempt) {
        return DispatchCommand.newBuilder()
                .setType(CommandType.DISPATCH)
                .setInstanceId(instance)
                .setIncarnation(incarnation)
                .setEpoch(epoch)
                .setSeq(1)
                .setDecidedAt(Instant.EPOCH)
                .setRequestId(request)
                .setAttempt(attempt)
                .setQueueWaitMs(12L)
                .build();
    }
}

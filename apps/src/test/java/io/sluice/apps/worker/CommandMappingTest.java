package io.sluice.apps.worker;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.model.BlockHashes;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.SloTarget;
import io.sluice.schemas.avro.CommandType;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CommandMappingTest {

    private static final RequestKey KEY = new RequestKey("t", "r");

    @Test
    void readsADispatchWhole() {
        LaneEffect.Command command =
                CommandMapping.command(Commands.dispatch("r", 100, 20).build(), 9);

        assertThat(command)
                .isInstanceOfSatisfying(
                        LaneEffect.Dispatch.class,
                        dispatch -> {
                            assertThat(dispatch.address().incarnation()).isEqualTo(1);
                            assertThat(dispatch.address().epoch()).isEqualTo(5);
                            assertThat(dispatch.attempt()).isEqualTo(1);
                            assertThat(dispatch.behind()).isEqualTo(new LaneEffect.Behind(3, 70));
                            assertThat(dispatch.queueWaitMillis()).isEqualTo(250);
                            assertRequest(dispatch.request());
                        });
    }

    private static void assertRequest(PendingRequest request) {
        assertThat(request.key()).isEqualTo(KEY);
        assertThat(request.priority()).isEqualTo(-2);
        assertThat(request.submittedAtMillis()).isEqualTo(Commands.SUBMITTED);
        assertThat(request.deadlineMillis()).isEqualTo(Commands.SUBMITTED + 60_000);
        assertThat(request.slo()).isEqualTo(new SloTarget(100, 20, 5_000));
        // What a lane reserves, and what heartbeats list, must be one number.
        assertThat(request.reservedTokens()).isEqualTo(120);
        assertThat(request.passengers().minTokens()).isEqualTo(20);
        assertThat(request.passengers().createdMillis()).isEqualTo(Commands.SUBMITTED - 7);
        assertThat(request.passengers().workflowId()).isEqualTo("w");
        assertThat(request.passengers().hashes())
                .isEqualTo(new BlockHashes(16, new long[] {11, 12}));
    }

    @Test
    void aDispatchMaySayLittle() {
        LaneEffect.Dispatch dispatch =
                (LaneEffect.Dispatch)
                        CommandMapping.command(
                                Commands.of(CommandType.DISPATCH, "r").setIncarnation(null).build(),
                                9);

        assertThat(dispatch.address().incarnation()).isEqualTo(9);
        assertThat(dispatch.request().submittedAtMillis()).isEqualTo(Commands.DECIDED);
        assertThat(dispatch.request().slo()).isEqualTo(SloTarget.NONE);
        assertThat(dispatch.request().passengers().hashes()).isEqualTo(BlockHashes.NONE);
    }

    @Test
    void readsTheOtherCommands() {
        assertThat(CommandMapping.command(Commands.of(CommandType.CANCEL, "r").build(), 1))
                .isInstanceOfSatisfying(
                        LaneEffect.Stop.class,
                        stop -> {
                            assertThat(stop.key()).isEqualTo(KEY);
                            assertThat(stop.attempt()).isEqualTo(1);
                        });
        assertThat(CommandMapping.command(Commands.of(CommandType.PREEMPT, "r").build(), 1))
                .isInstanceOfSatisfying(
                        LaneEffect.Preempt.class,
                        preempt -> assertThat(preempt.key()).isEqualTo(KEY));
        assertThat(CommandMapping.command(Commands.of(CommandType.SYNC).build(), 1))
                .isInstanceOf(LaneEffect.Sync.class);
        assertThat(CommandMapping.command(Commands.of(CommandType.FENCE).build(), 1))
                .isInstanceOf(LaneEffect.Fence.class);
        assertThat(draining(CommandType.DRAIN)).isTrue();
        assertThat(draining(CommandType.UNDRAIN)).isFalse();
    }

    private static boolean draining(CommandType type) {
        return ((LaneEffect.DrainWorker) CommandMapping.command(Commands.of(type).build(), 1))
                .draining();
    }

    @Test
    void refusesWhatAWorkerDoesNotKnow() {
        assertRefused(Commands.of(CommandType.UNKNOWN, "r"), "commands of type UNKNOWN");
    }

    @Test
    void refusesCommandsThatMakeNoSense() {
        assertRefused(Commands.of(CommandType.DISPATCH), "lacks fairness_id or request_id");
        assertRefused(Commands.of(CommandType.CANCEL, "r").setAttempt(0), "attempts count from 1");
        assertRefused(Commands.dispatch("r", -1, 20), "must not be negative");
        assertRefused(Commands.dispatch("r", 1, 20).setSloTtftMs(-1.0), "positive number");
        assertRefused(Commands.dispatch("r", 1, 20).setHashBlockTokens(0), "at least 1 token");
    }

    private static void assertRefused(
            io.sluice.schemas.avro.DispatchCommand.Builder command, String why) {
        assertThatThrownBy(() -> CommandMapping.command(command.build(), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}

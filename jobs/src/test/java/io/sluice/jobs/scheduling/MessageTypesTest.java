package io.sluice.jobs.scheduling;

import io.sluice.core.model.Release;
import io.sluice.core.model.SettledRequest;
import io.sluice.jobs.flow.CommandMessage;
import io.sluice.jobs.flow.ControlMessage;
import io.sluice.jobs.flow.DecisionMessage;
import io.sluice.jobs.flow.EndNotice;
import io.sluice.jobs.flow.GateInput;
import io.sluice.jobs.flow.LaneInput;
import io.sluice.jobs.flow.ReleaseMessage;
import io.sluice.jobs.flow.RouteInput;
import io.sluice.jobs.flow.Submission;
import io.sluice.jobs.flow.WorkerLogRecord;
import io.sluice.jobs.io.DeadLetterRecord;
import io.sluice.jobs.state.EncodedOutcome;
import io.sluice.jobs.state.FleetInstanceState;
import io.sluice.jobs.state.GateNodeState;
import io.sluice.jobs.state.LaneEntryState;
import io.sluice.jobs.state.LaneStateRecord;
import io.sluice.jobs.state.OrderMemoryState;
import io.sluice.jobs.state.RouteState;

import org.apache.flink.types.PojoTestUtils;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Whatever is kept or crosses the network is serialised field by field, so that fields can be
 * added.
 */
class MessageTypesTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                GateInput.class,
                EndNotice.class,
                GateNodeState.class,
                RouteInput.class,
                LaneInput.class,
                CommandMessage.class,
                ControlMessage.class,
                DecisionMessage.class,
                ReleaseMessage.class,
                Release.class,
                Submission.class,
                WorkerLogRecord.class,
                SettledRequest.class,
                DeadLetterRecord.class,
                EncodedOutcome.class,
                FleetInstanceState.class,
                LaneEntryState.class,
                LaneStateRecord.class,
                OrderMemoryState.class,
                RouteState.class
            })
    void needsNoKryo(Class<?> type) {
        assertThatCode(() -> PojoTestUtils.assertSerializedAsPojoWithoutKryo(type))
                .doesNotThrowAnyException();
    }
}

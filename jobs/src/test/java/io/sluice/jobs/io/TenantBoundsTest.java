package io.sluice.jobs.io;

import io.sluice.core.model.Outcome;
import io.sluice.jobs.flow.ControlMessage;
import io.sluice.jobs.flow.Submission;
import io.sluice.jobs.scheduling.PriorityCeilings;
import io.sluice.jobs.state.LogPosition;
import io.sluice.schemas.TrustedRecords;
import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.ControlType;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.PayloadRef;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What a tenant may write into a record and does not get. */
class TenantBoundsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final LogPosition POSITION =
            new LogPosition("in.requests", 0, 1, NOW.toEpochMilli());
    private static final PriorityCeilings CEILINGS = PriorityCeilings.parse("acme=2/a%2Fb=3/*=0");

    @BeforeAll
    static void recordsAreTrusted() {
        TrustedRecords.register();
    }

    private static InferenceRequest.Builder request(String tenant) {
        return InferenceRequest.newBuilder()
                .setFairnessId(tenant)
                .setRequestId("r")
                .setCreated(NOW)
                .setModel("m")
                .setInputTokens(1);
    }

    private static Submission read(InferenceRequest.Builder request) {
        return new RequestMapping(1_000, CEILINGS).map(request.build(), POSITION);
    }

    @ParameterizedTest
    @CsvSource({"acme,4,2", "acme,2,2", "acme,-1,-1", "a/b,9,3", "globex,1,0", "default,4,0"})
    void aRequestIsNoMoreUrgentThanItsTenantMayBe(String tenant, int asked, int gets) {
        Submission read = read(request(tenant).setPriority(asked));

        assertThat(read.verdict()).isNull();
        assertThat(read.request().priority()).isEqualTo(gets);
    }

    @Test
    void norIsItByAnOrder() {
        ControlEvent raise =
                ControlEvent.newBuilder()
                        .setType(ControlType.REPRIORITISE)
                        .setFairnessId("acme")
                        .setRequestId("r")
                        .setPriority(4)
                        .setIssuedAt(NOW)
                        .build();

        ControlMessage message = new ControlMapping(CEILINGS).map(raise, POSITION);

        assertThat(message.priority()).isEqualTo(2);
    }

    @Test
    void withoutCeilingsEverybodyGetsWhatIsAskedFor() {
        InferenceRequest asks = request("acme").setPriority(9).build();

        assertThat(new RequestMapping(1_000).map(asks, POSITION).request().priority()).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "acme=", "acme=high", "=2", "acme=1/acme=2", "acme=1//*=2"})
    void ceilingsThatCannotBeReadAreRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PriorityCeilings.parse(text));
    }

    /** The prompts of others that are short lie in the topic of the requests. */
    @ParameterizedTest
    @ValueSource(strings = {"in.requests", "in.outcomes", "other.payloads", "payloads", ""})
    void aReferenceToAnotherTopicThanThatOfPromptsIsRefused(String topic) {
        Submission read = read(request("acme").setPayloadRef(reference(topic, 0)));

        assertThat(read.verdict()).isNotNull();
        assertThat(read.verdict().outcome()).isEqualTo(Outcome.REJECTED_INVALID);
        assertThat(read.verdict().message())
                .contains("payload_ref names another topic than in.payloads");
    }

    @Test
    void aReferenceToThatOfPromptsIsNot() {
        assertThat(read(request("acme").setPayloadRef(reference("in.payloads", 7))).verdict())
                .isNull();
        assertThat(read(request("acme").setPayloadRef(reference("in.payloads", -1))).verdict())
                .isNotNull();
    }

    private static PayloadRef reference(String topic, long offset) {
        return PayloadRef.newBuilder().setTopic(topic).setPartition(0).setOffset(offset).build();
    }
}

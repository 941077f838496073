package io.sluice.apps.order;

import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.ControlType;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What orders say, and under which key. */
class OrderTest {

    private static final Issue ISSUE = new Issue(Instant.EPOCH, "operator", "because");

    @Test
    void sayWhoGaveThemAndWhy() {
        ControlEvent event = Order.drain("gpu-1", ISSUE).event();
        assertThat(event.getType()).isEqualTo(ControlType.DRAIN);
        assertThat(event.getInstanceId()).isEqualTo("gpu-1");
        assertThat(event.getIssuedBy()).isEqualTo("operator");
        assertThat(event.getIssuedAt()).isEqualTo(Instant.EPOCH);
        assertThat(event.getReason()).isEqualTo("because");
    }

    @Test
    void ofOneInstanceOrRequestHaveOneKey() {
        assertThat(Order.drain("gpu-1", ISSUE).key())
                .isEqualTo(Order.undrain("gpu-1", ISSUE).key())
                .isEqualTo("gpu-1");
        assertThat(Order.cancel("acme", "r", ISSUE).key()).isEqualTo("r");
        assertThat(Order.policies(PolicyNames.of(Map.of("ordering", "sjf")), ISSUE).key())
                .isEqualTo("policy");
    }

    @Test
    void cancelTheRequestOfATenant() {
        ControlEvent event = Order.cancel("acme", "r", ISSUE).event();
        assertThat(event.getType()).isEqualTo(ControlType.CANCEL);
        assertThat(event.getFairnessId()).isEqualTo("acme");
        assertThat(event.getRequestId()).isEqualTo("r");
        assertThat(Order.cancel(" ", "r", ISSUE).event().getFairnessId()).isEqualTo("default");
    }

    @Test
    void nameTheFieldThatIsWrong() {
        assertWrong("instance", () -> Order.drain(" ", ISSUE));
        assertWrong("request", () -> Order.cancel("", "x".repeat(513), ISSUE));
        assertWrong("tenant", () -> Order.cancel("ä".repeat(257), "r", ISSUE));
        assertWrong("routing", () -> PolicyNames.of(Map.of("routing", "nearest")));
        assertWrong("policies", () -> Order.policies(PolicyNames.of(Map.of()), ISSUE));
    }

    private static void assertWrong(String field, Runnable made) {
        assertThatThrownBy(made::run)
                .isInstanceOfSatisfying(
                        WrongOrder.class, wrong -> assertThat(wrong.field()).isEqualTo(field));
    }
}

package io.sluice.apps.alerts;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

class AlertWordsTest {

    @Test
    void labelsTellWhichAlertItIsAndAnnotationsHowItStands() {
        AlertWords words = AlertWords.of(Alerts.of("acme", 2, false));

        assertThat(words.labels())
                .isEqualTo(
                        Map.of(
                                "alertname", "SluiceErrorBudgetBurn",
                                "severity", "page",
                                "objective", "chat-ttft",
                                "indicator", "ttft",
                                "model", "llama-8b",
                                "tenant", "acme"));
        assertThat(words.annotations())
                .containsEntry("summary", "chat-ttft of acme misses its target")
                .containsEntry("alert_id", "chat-ttft/acme/PAGE@1795420800000")
                .containsEntry(
                        "causes", "INSTANCE_LOST gpu-3 since 2026-11-23T08:00:00Z: silent for 31 s")
                .containsEntry(
                        "description",
                        "Burn rate above 14.4 over both windows: 12 over 1h (600 of 1000 requests missed),"
                                + " and 18 over 5m (90 of 100 requests missed). Target 95 % of 30 d;"
                                + " error budget left: -80 %.");
    }

    @Test
    void oneThatIsOpenAgainHasTheSameFingerprintAndAnotherTenantHasNot() {
        String fingerprint = AlertWords.of(Alerts.of("acme", 1, false)).fingerprint();

        assertThat(fingerprint).matches("[0-9a-f]{16}");
        assertThat(AlertWords.of(Alerts.of("acme", 7, true)).fingerprint()).isEqualTo(fingerprint);
        assertThat(AlertWords.of(Alerts.of("umbra", 1, false)).fingerprint())
                .isNotEqualTo(fingerprint);
    }

    /** The example in the tests of Prometheus' own library of labels. */
    @Test
    void theFingerprintIsThatOfPrometheus() {
        Map<String, String> labels =
                Map.of("name", "garland, briggs", "fear", "love is not enough");
        AlertWords words = new AlertWords(new TreeMap<>(labels), new TreeMap<>());

        assertThat(Long.parseUnsignedLong(words.fingerprint(), 16)).isEqualTo(5799056148416392346L);
    }
}

package io.sluice.apps.page;

import io.sluice.apps.browser.Tab;
import io.sluice.apps.page.FeedStatus.State;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Clock;

import static org.assertj.core.api.Assertions.assertThat;

/** Objectives and alerts, the first thing on the page, in a real browser. */
class BrowserSloTest extends BrowserScene {

    private static final String ROW =
            "[...document.querySelectorAll('#objectives tbody tr')].find(row => row.id === 'objective/%s').innerText";

    private static String row(Tab tab, String key) {
        return tab.evaluate(ROW.formatted(key)).asText();
    }

    @ParameterizedTest
    @CsvSource({"1280, false", "390, true"})
    void eachPromiseSaysInWordsHowItStands(int width, boolean dark) {
        scene.play();
        try (Tab tab = open(width, dark)) {
            assertThat(row(tab, "chat-ttft/TENANT/acme"))
                    .contains("✗ budget overspent", "81.8 %", "of 95.0 %")
                    .contains("-263.6 %", "290 misses too many", "3.64 ×", "2,200");
            assertThat(row(tab, "urgent-done/ALL/all"))
                    .contains(
                            "class P0: completed, over 30 d",
                            "✓ kept",
                            "97.0 %",
                            "97 more may miss");
            assertThat(row(tab, "nobody/ALL/all"))
                    .contains("? nothing can be said", "no request was selected");
            assertThat(text(tab, "#objectives-summary"))
                    .isEqualTo(
                            "Of 4 objectives: ✗ 1 in trouble, ! 1 to watch, or without requests, ✓ 2 kept.");
            assertThat(tab.evaluate("document.querySelector('#objectives meter').value").asInt())
                    .isZero();
            assertThat(text(tab, "#classes tbody tr")).contains("P0", "at least 95.0 %");
            assertThat(tab.evaluate("document.documentElement.scrollWidth").asInt())
                    .isLessThanOrEqualTo(width);
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void itIsTheFirstThingOfThePage() {
        scene.play();
        try (Tab tab = open(WIDE, false)) {
            assertThat(text(tab, "main h2")).isEqualTo("Objectives and alerts");
            assertThat(
                            tab.evaluate(
                                            "document.querySelector('#objectives').getBoundingClientRect().top")
                                    .asInt())
                    .isLessThan(600);
        }
    }

    @Test
    void anOpenAlertSaysWhatSinceWhenHowFastAndWhy() {
        scene.play();
        try (Tab tab = open(WIDE, false)) {
            assertThat(text(tab, "#alerts-news"))
                    .isEqualTo("▲ 1 alert is open, 1 to page somebody: chat-ttft, tenant acme.");
            assertThat(text(tab, "#alerts"))
                    .contains("▲ page", "first token within 1.0 s", "(4 min)")
                    .contains("20.0 × over 1 h and 30.0 × over 5 min, limit 14.4 ×")
                    .contains("an instance is lost (gpu-1-a100-7b), since", "silent for 20 s");
            assertThat(text(tab, "#alerts-ended")).contains("✓ resolved", "(5.0 min)");
            tab.evaluate("document.querySelector('#alerts a').click()");
            assertThat(text(tab, "tr:target th")).startsWith("chat-ttft, tenant acme");
        }
    }

    @Test
    void anAlertThatEndsGoesToTheResolvedOnes() {
        scene.play();
        long opened = Clock.systemUTC().millis();
        try (Tab tab = open(WIDE, false)) {
            SloScene more = new SloScene(scene.model());
            more.opens("initech", opened);
            tab.awaitText("#alerts-news", "2 alerts are open");
            tab.awaitText("#alerts-news", "tenant initech");
            more.ends("initech", opened, opened + 1_000);
            tab.awaitText("#alerts-news", "1 alert is open");
            assertThat(text(tab, "#alerts")).doesNotContain("initech");
            assertThat(text(tab, "#alerts-ended")).contains("initech");
        }
    }

    @Test
    void manyAlertsLeaveRoomForTheObjectives() {
        scene.play();
        SloScene more = new SloScene(scene.model());
        long now = Clock.systemUTC().millis();
        for (int i = 0; i < 9; i++) {
            more.opens("tenant-" + i, now);
        }
        try (Tab tab = open(WIDE, false)) {
            assertThat(text(tab, "#alerts-news")).contains("10 alerts are open", "and others");
            assertThat(tab.evaluate("document.querySelectorAll('#alerts li.alert').length").asInt())
                    .isEqualTo(3);
            assertThat(text(tab, "details:has(#alerts-further) summary"))
                    .isEqualTo("7 more open alerts, none worse");
            String top = "document.querySelector('#objectives').getBoundingClientRect().top";
            assertThat(tab.evaluate(top).asInt()).isLessThan(700);
        }
    }

    @Test
    void anOldClusterWithoutTheTopicsIsSaid() {
        scene.feed(State.TOPICS_MISSING, "inference.slo, inference.alerts");
        try (Tab tab = open(PHONE, false)) {
            assertThat(text(tab, "#feed")).contains("topics that do not exist: inference.slo");
            assertThat(text(tab, "#alerts-news")).contains("does not exist on this cluster");
            assertThat(text(tab, "#objectives")).contains("does not exist on this cluster");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void withoutObjectivesItSaysHowToSetOne() {
        try (Tab tab = open(WIDE, false)) {
            assertThat(text(tab, "#objectives")).contains("sluice control objective --file");
            assertThat(text(tab, "#alerts-news")).isEqualTo("✓ No alert is open.");
        }
    }
}

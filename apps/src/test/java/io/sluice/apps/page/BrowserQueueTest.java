package io.sluice.apps.page;

import io.sluice.apps.browser.Tab;

import org.junit.jupiter.api.Test;

import java.time.Clock;

import static org.assertj.core.api.Assertions.assertThat;

/** Who goes next, in a real browser. */
class BrowserQueueTest extends BrowserScene {

    private static final String LANE =
            "[...document.querySelectorAll('.lane')].find(lane => lane.querySelector('h3').textContent === '%s')";

    private final QueueScene queue = new QueueScene(scene.model());

    private static String lane(Tab tab, String instance) {
        return tab.evaluate(LANE.formatted(instance) + ".innerText").asText();
    }

    private static String firstRow(Tab tab, String instance) {
        return tab.evaluate(LANE.formatted(instance) + ".querySelector('tbody tr').innerText")
                .asText();
    }

    @Test
    void aLaneShowsWhoGoesNextWhyAndWhen() {
        scene.play();
        try (Tab tab = open(WIDE, false)) {
            assertThat(lane(tab, "gpu-2-a100-7b"))
                    .contains("7 requests wait; shown in the order of priority:max-overtake=30s")
                    .contains("the last one went by “class P0, by submission")
                    .containsPattern("a dispatch each [12]\\.\\d s");
            assertThat(firstRow(tab, "gpu-2-a100-7b"))
                    .contains("1\tgpu-2-a100-7b-r5\tP0\tacme\tclass P0, by submission")
                    .containsPattern("[3-9]\\.\\d s\tin [12]\\.\\d s\tin [3-5]\\.\\d s");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void aClickOnARequestAsksForItsLife() {
        scene.play();
        try (Tab tab = open(WIDE, false)) {
            tab.evaluate(LANE.formatted("gpu-2-a100-7b") + ".querySelector('tbody a').click()");
            tab.await("document.querySelector('#request-id').value === 'gpu-2-a100-7b-r5'");
        }
    }

    @Test
    void whoIsDispatchedLeavesTheQueue() {
        scene.play();
        try (Tab tab = open(WIDE, false)) {
            tab.evaluate("document.querySelector('.lane .wide').focus()");
            queue.dispatch("gpu-2-a100-7b-r5", "gpu-2-a100-7b", 6, Clock.systemUTC().millis());
            tab.await(LANE.formatted("gpu-2-a100-7b") + ".innerText.includes('6 requests wait')");
            assertThat(firstRow(tab, "gpu-2-a100-7b")).contains("gpu-2-a100-7b-r4\tP1");
            assertThat(tab.evaluate("document.activeElement.className").asText())
                    .as("what has focus stays")
                    .isEqualTo("wide");
        }
    }

    @Test
    void whatTheRouterKeepsIsShownWithItsReason() {
        scene.play();
        queue.hold("step-2", "waits for step-1 <b>", Clock.systemUTC().millis());
        try (Tab tab = open(PHONE, true)) {
            assertThat(text(tab, "#keeps"))
                    .contains("1 requests in all", "step-2", "waits for step-1 <b>");
            assertThat(tab.evaluate("document.documentElement.scrollWidth").asInt())
                    .isLessThanOrEqualTo(PHONE);
        }
    }

    @Test
    void withoutDecisionsItSaysSo() {
        try (Tab tab = open(WIDE, false)) {
            assertThat(text(tab, "#heads-rest")).contains("No request is known to wait");
            assertThat(text(tab, "#heads")).doesNotContain("loading");
            assertThat(text(tab, "#keeps")).contains("the router keeps nothing");
        }
    }
}

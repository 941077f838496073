package io.sluice.apps.page;

import io.sluice.apps.browser.Tab;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Looking at a part of it, in a real browser. */
class BrowserFilterTest extends BrowserScene {

    private static final String TYPE =
            """
            (() => {
              const field = document.querySelector('#filter [name=%s]');
              field.focus();
              field.value = '%s';
              field.dispatchEvent(new Event('input', { bubbles: true }));
            })()""";

    private static final String INSTANCES = "document.querySelectorAll('#fleet tbody tr').length";

    @BeforeEach
    void play() {
        scene.play();
    }

    @Test
    void whatIsTypedIsLookedAtAndKeptInTheAddress() {
        try (Tab tab = open(WIDE, false)) {
            tab.evaluate(TYPE.formatted("instance", "GPU-3"));
            tab.await(INSTANCES + " === 1");
            assertThat(text(tab, "#fleet tbody")).contains("gpu-3-a5000-4b");
            assertThat(tab.evaluate("document.querySelectorAll('.lane').length").asInt())
                    .isEqualTo(1);
            assertThat(tab.evaluate("location.search").asText()).isEqualTo("?instance=GPU-3");
            assertThat(text(tab, "#filter-said")).contains("Filtered by instance GPU-3");
            assertThat(text(tab, "[aria-labelledby=h-latency] .unfiltered"))
                    .isEqualTo("Not filtered by instance.");
            assertThat(
                            tab.evaluate(
                                            "document.querySelector('[aria-labelledby=h-fleet] .unfiltered').hidden")
                                    .asBoolean())
                    .isTrue();
            assertThat(tab.evaluate("document.activeElement.name").asText()).isEqualTo("instance");

            tab.evaluate("document.querySelector('#filter button').click()");
            tab.await(INSTANCES + " === 4");
            assertThat(tab.evaluate("location.search").asText()).isEmpty();
            assertThat(tab.complaints())
                    .as("streams of the earlier filters, which the page ends itself")
                    .allMatch(complaint -> complaint.contains("\"canceled\":true"));
        }
    }

    @Test
    void aLinkShowsTheSame() {
        try (Tab tab = open("/?tenant=glob&class=P1", PHONE, true)) {
            tab.await("document.querySelectorAll('#tenants tbody tr').length === 1");
            assertThat(text(tab, "#tenants tbody")).contains("globex");
            assertThat(text(tab, "#classes tbody tr")).startsWith("P1");
            assertThat(text(tab, "#objectives")).contains("globex").doesNotContain("initech");
            assertThat(text(tab, "#alerts-news"))
                    .isEqualTo("No alert is open that the filter shows; 1 others are.");
            assertThat(text(tab, "#filter select option:checked")).isEqualTo("P1");
            assertThat(tab.evaluate("document.documentElement.scrollWidth").asInt())
                    .isLessThanOrEqualTo(PHONE);
        }
    }

    @Test
    void theFilterOutlastsALostConnection() {
        try (Tab tab = open("/?instance=gpu-3", WIDE, false)) {
            tab.await(INSTANCES + " === 1");
            int port = server.port();
            server.close();
            tab.await("document.querySelector('#connection').dataset.state === 'lost'");
            server = PageServer.start(port, scene.frames());
            tab.await("document.querySelector('#connection').dataset.state === 'live'");
            assertThat(tab.evaluate(INSTANCES).asInt()).isEqualTo(1);
        }
    }
}

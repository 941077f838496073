package io.sluice.apps.page;

import io.sluice.apps.browser.Tab;
import io.sluice.apps.page.live.Selection;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A large fleet in a real browser: what an update costs is printed, and what it shows is checked.
 */
class BrowserScaleTest extends BrowserScene {

    /** States that are looked at; more of them make better figures. */
    private static final int STATES = Integer.getInteger("sluice.page.states", 6);

    /**
     * A state is parsed and shown in one task, whose end the microtask sees; then the browser lays
     * it out, which asking for a height makes it do at once.
     */
    private static final String WATCH =
            """
            (() => {
              window.seen = { apply: [], layout: [], size: [], frames: [], long: [], rows: 0 };
              const parse = JSON.parse;
              JSON.parse = (text, ...more) => {
                const begin = performance.now();
                const value = parse(text, ...more);
                queueMicrotask(() => {
                  const applied = performance.now();
                  document.body.offsetHeight;
                  seen.apply.push(applied - begin);
                  seen.layout.push(performance.now() - applied);
                  seen.size.push(text.length);
                });
                return value;
              };
              let last = performance.now();
              const frame = (now) => { seen.frames.push(now - last); last = now; requestAnimationFrame(frame); };
              requestAnimationFrame(frame);
              new PerformanceObserver((list) => list.getEntries().forEach((task) => seen.long.push(task.duration)))
                .observe({ type: 'longtask' });
            })()""";

    private static final String FIGURES =
            """
            (() => {
              const at = (numbers, share) => [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))] ?? 0;
              const of = (numbers) => `median ${at(numbers, 0.5).toFixed(1)}, 95 % ${at(numbers, 0.95).toFixed(1)}, longest ${at(numbers, 1).toFixed(1)}`;
              return `${seen.apply.length} states of ${Math.round(at(seen.size, 0.5) / 1000)} kB: parse and show ms ${of(seen.apply)}; layout ms ${of(seen.layout)}; `
                + `between frames ms ${of(seen.frames)}; ${seen.long.length} tasks above 50 ms, longest ${at(seen.long, 1).toFixed(0)} ms`;
            })()""";

    @ParameterizedTest
    @ValueSource(ints = {WIDE, PHONE})
    void whatAnUpdateOfALargeFleetCosts(int width) throws IOException {
        FleetScene fleet = new FleetScene(scene.model());
        fleet.play(Clock.systemUTC().millis());
        try (Tab tab = open(width, false)) {
            tab.evaluate(WATCH);
            for (int i = 0; i < STATES; i++) {
                fleet.step(Clock.systemUTC().millis());
                tab.await("seen.apply.length > " + i);
            }
            System.out.printf(
                    "%d px wide: made in %.1f ms (median); %s%n",
                    width, makingMillis(), tab.evaluate(FIGURES).asText());
            Files.write(Path.of("target", "page-scale-%d.png".formatted(width)), tab.picture());
            assertThat(rows(tab, "#fleet")).isEqualTo(FleetScene.INSTANCES);
            assertThat(rows(tab, "#tenants")).isEqualTo(FleetScene.TENANTS);
            assertThat(rows(tab, "#objectives")).isEqualTo(3 * FleetScene.TENANTS);
            assertThat(tab.evaluate("document.documentElement.scrollWidth").asInt())
                    .isLessThanOrEqualTo(width);
            assertThat(tab.complaints()).isEmpty();
        }
    }

    /** Median time to make a state, its JSON included. */
    private double makingMillis() {
        Frames frames = scene.frames();
        long[] nanos = new long[Math.max(STATES, 15)];
        for (int i = 0; i < nanos.length; i++) {
            long begin = System.nanoTime();
            assertThat(frames.current(Selection.ALL).json()).isNotEmpty();
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        return nanos[nanos.length / 2] / 1e6;
    }

    private static int rows(Tab tab, String table) {
        JsonNode rows =
                tab.evaluate("document.querySelectorAll('%s tbody tr').length".formatted(table));
        return rows.asInt();
    }

    /** What does not change is not touched: selections, focus and screen readers depend on it. */
    @Test
    void aStateThatSaysTheSameChangesNoRow() {
        FleetScene fleet = new FleetScene(scene.model());
        fleet.play(Clock.systemUTC().millis());
        try (Tab tab = open(WIDE, false)) {
            tab.evaluate(WATCH);
            tab.evaluate(
                    """
                    (() => {
                      window.touched = [];
                      const watch = new MutationObserver((changes) => { changes.forEach((change) => touched.push(`${change.type} ${change.attributeName} ${change.target.outerHTML}`)); });
                      for (const part of ['objectives', 'alerts', 'tenants', 'policies']) {
                        watch.observe(document.getElementById(part), { childList: true, subtree: true, characterData: true, attributes: true });
                      }
                    })()""");
            tab.await("seen.apply.length > 2");
            assertThat(tab.evaluate("touched.join('\\n')").asText()).isEmpty();
        }
    }
}

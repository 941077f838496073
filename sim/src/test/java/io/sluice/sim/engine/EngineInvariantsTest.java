package io.sluice.sim.engine;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds on every load. */
class EngineInvariantsTest {

    /** A finished drive through a scenario, with everything that was said to and by the engine. */
    private static final class Drive {
        final Map<String, EngineRequest> queued = new HashMap<>();
        final Set<String> cancelled = new HashSet<>();
        final EngineRun run;
        long leastFree = Long.MAX_VALUE;

        Drive(Scenario scenario) {
            run = new EngineRun(scenario.profile(), scenario.progressEveryTokens());
            for (Scenario.Action action : scenario.actions()) {
                stepTo(action.atNanos());
                act(action);
            }
            stepTo(ContinuousBatchingEngine.NEVER);
        }

        private void stepTo(long until) {
            for (long next = run.engine.nextEventAt();
                    next < until;
                    next = run.engine.nextEventAt()) {
                run.advanceTo(next);
                leastFree = Math.min(leastFree, run.engine.snapshot().freeKvTokens());
            }
        }

        private void act(Scenario.Action action) {
            if (action instanceof Scenario.Submit submit) {
                Submission answer = run.engine.submit(submit.request(), submit.atNanos());
                if (answer instanceof Submission.Queued) {
                    queued.put(submit.request().id(), submit.request());
                }
            } else if (action instanceof Scenario.Cancel cancel) {
                run.engine
                        .cancel(cancel.id(), cancel.atNanos())
                        .ifPresent(c -> cancelled.add(c.id()));
            }
        }

        List<EngineEvent> of(String id) {
            return run.events.stream().filter(event -> event.id().equals(id)).toList();
        }
    }

    @Property(tries = 1_000)
    void everyRequestFinishesOrIsCancelledAndOnlyOnce(@ForAll long seed) {
        Drive drive = new Drive(Scenario.random(seed));

        for (String id : drive.queued.keySet()) {
            int ends = drive.run.times(EngineEvent.Finished.class, id).size();
            assertThat(ends).as(id).isEqualTo(drive.cancelled.contains(id) ? 0 : 1);
        }
        EngineCounters totals = drive.run.totals();
        assertThat(totals.finished() + totals.cancelled()).isEqualTo(drive.queued.size());
        assertThat(drive.run.engine.runningCount() + drive.run.engine.waitingCount()).isZero();
    }

    @Property(tries = 1_000)
    void anOutputHasItsExactLengthAndItsFirstTokenFirst(@ForAll long seed) {
        Drive drive = new Drive(Scenario.random(seed));

        drive.queued.forEach(
                (id, request) -> {
                    List<EngineEvent> events = drive.of(id);
                    if (drive.cancelled.contains(id)) {
                        return;
                    }
                    assertThat(events.get(0)).isInstanceOf(EngineEvent.Started.class);
                    EngineEvent last = events.get(events.size() - 1);
                    assertThat(((EngineEvent.Finished) last).outputTokens())
                            .isEqualTo(request.producedTokens());
                    long firstToken = drive.run.time(EngineEvent.FirstToken.class, id);
                    assertThat(firstToken).isBetween(events.get(0).atNanos() + 1, last.atNanos());
                });
    }

    @Property(tries = 1_000)
    void timeNeverGoesBack(@ForAll long seed) {
        assertThat(new Drive(Scenario.random(seed)).run.events)
                .extracting(EngineEvent::atNanos)
                .isSorted();
    }

    @Property(tries = 1_000)
    void allMemoryComesBack(@ForAll long seed) {
        Scenario scenario = Scenario.random(seed);
        Drive drive = new Drive(scenario);

        assertThat(drive.leastFree).isNotNegative();
        assertThat(drive.run.engine.snapshot().freeKvTokens())
                .isEqualTo(scenario.profile().limits().usableKvTokens());
    }

    /**
     * Tokens computed = prompts - cached + outputs - one per request, if nothing was computed twice
     * or given up.
     */
    @Property(tries = 1_000)
    void tokensComputedAreThoseNeeded(@ForAll long seed) {
        Drive drive = new Drive(Scenario.random(seed));
        EngineCounters totals = drive.run.totals();
        if (totals.preemptions() > 0 || totals.cancelled() > 0) {
            return;
        }
        long needed =
                drive.queued.values().stream()
                        .mapToLong(request -> request.promptTokens() + request.producedTokens() - 1)
                        .sum();
        assertThat(totals.prefillTokens() + totals.decodeTokens())
                .isEqualTo(needed - totals.cachedTokens());
    }

    @Test
    void theRandomLoadsMeetEveryRule() {
        long preemptions = 0;
        long refused = 0;
        long cached = 0;
        long cancelled = 0;
        int plain = 0;
        for (int seed = 0; seed < 500; seed++) {
            EngineCounters totals = new Drive(Scenario.random(seed)).run.totals();
            preemptions += totals.preemptions();
            refused += totals.refused();
            cached += totals.cachedTokens();
            cancelled += totals.cancelled();
            plain += totals.preemptions() + totals.cancelled() == 0 ? 1 : 0;
        }
        assertThat(preemptions).isGreaterThan(200);
        assertThat(refused).isGreaterThan(200);
        assertThat(cached).isGreaterThan(1_000);
        assertThat(cancelled).isGreaterThan(200);
        assertThat(plain).isGreaterThan(100);
    }
}

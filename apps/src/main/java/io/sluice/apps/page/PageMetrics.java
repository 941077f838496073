package io.sluice.apps.page;

import io.sluice.apps.metrics.Counter;
import io.sluice.apps.metrics.Gauge;
import io.sluice.apps.metrics.Gauges;
import io.sluice.apps.metrics.Histogram;
import io.sluice.apps.metrics.MetricsPage;
import io.sluice.apps.page.live.LiveSnapshot;
import io.sluice.apps.page.live.LiveSnapshot.InstanceView;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What Prometheus reads of the page: each instance as the page knows it, which are as many as the
 * page shows one by one, and how the page itself gets on. Any thread.
 */
final class PageMetrics {

    private static final String INSTANCE = "instance_id";
    private static final double[] LATENCY_BOUNDS = {
        0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60
    };

    private final MetricsPage page = new MetricsPage(Map.of());
    private final Gauges running =
            instances("running_sequences", "Sequences that run, by its last heartbeat.");
    private final Gauges engineWaiting =
            instances("engine_waiting_requests", "Requests that wait in its engine.");
    private final Gauges kvUse =
            instances("kv_cache_usage_ratio", "Part of its KV cache in use; 1 is all.");
    private final Gauges age =
            instances(
                    "heartbeat_age_seconds",
                    "Time since the broker got its last event; forgotten after 15 min.");
    private final Gauges draining = instances("draining", "1 while it takes nothing more.");
    private final Gauges laneWaiting =
            instances(
                    "lane_waiting_requests",
                    "Requests that wait in its lane; those beyond 200 lanes are in `other`.");
    private final Counter records =
            page.counter("sluice_page_records_total", "Records read, by topic.", "topic");
    private final Counter unreadable =
            page.counter(
                    "sluice_page_unreadable_records_total",
                    "Records that could not be read, by topic.",
                    "topic");
    private final Counter sent =
            page.counter("sluice_page_states_sent_total", "States sent to browsers.");
    private final Gauge streams =
            page.gauge("sluice_page_open_streams", "Browsers that states are sent to.");
    private final Histogram latency =
            page.histogram(
                    "sluice_page_event_to_state_seconds",
                    "Age of the newest worker event when the first state with it was made; only while somebody looks.",
                    LATENCY_BOUNDS);
    private long newestMillis;

    private Gauges instances(String name, String help) {
        return page.gauges("sluice_instance_" + name, help, INSTANCE);
    }

    void read(String topic) {
        records.add(topic);
    }

    void unreadable(String topic) {
        unreadable.add(topic);
    }

    void sent() {
        sent.add(1.0);
    }

    /**
     * A state was made for somebody.
     *
     * @param newestEventMillis when the newest worker event in it was appended; 0 if there is none
     */
    synchronized void made(long newestEventMillis, long nowMillis) {
        if (newestEventMillis > newestMillis) {
            newestMillis = newestEventMillis;
            latency.observe(Math.max(0, nowMillis - newestEventMillis) / 1_000.0);
        }
    }

    /** The page, of this moment. */
    synchronized String text(LiveSnapshot now, int openStreams) {
        streams.set(openStreams);
        set(running, now, one -> number(one.running()));
        set(engineWaiting, now, one -> number(one.waiting()));
        set(kvUse, now, InstanceView::kvUse);
        set(age, now, one -> one.silentMillis() / 1_000.0);
        set(draining, now, one -> one.draining() ? 1.0 : 0.0);
        Map<String, Double> lanes = new TreeMap<>();
        for (LiveSnapshot.LaneView lane : now.queues().lanes()) {
            int known = lane.known().stream().mapToInt(Integer::intValue).sum();
            lanes.put(lane.instance(), (double) known + lane.unknown());
        }
        laneWaiting.set(lanes);
        return page.text();
    }

    private static @Nullable Double number(@Nullable Integer value) {
        return value == null ? null : value.doubleValue();
    }

    private static void set(
            Gauges gauges, LiveSnapshot now, Function<InstanceView, @Nullable Double> value) {
        Map<String, Double> values = new TreeMap<>();
        for (InstanceView one : now.fleet().instances()) {
            Double number = value.apply(one);
            if (number != null) {
                values.put(one.id(), number);
            }
        }
        gauges.set(values);
    }
}

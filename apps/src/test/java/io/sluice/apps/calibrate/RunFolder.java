package io.sluice.apps.calibrate;

import io.sluice.sim.engine.ContinuousBatchingEngine;
import io.sluice.sim.engine.EngineEvent;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.EngineProfiles;
import io.sluice.sim.engine.EngineRequest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A run of the engine model, written down as if it had been measured. */
final class RunFolder {
    static final int SLOTS = 24;
    private static final double UNIX = 1.7e9;
    private static final double MONOTONIC = 5_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The rows of requests.jsonl, to be changed before they are written. */
    final List<ObjectNode> rows = new ArrayList<>();

    private final Map<String, Map<Class<?>, Long>> times = new HashMap<>();

    /** 160 requests, four a second, of the RTX PRO 6000 with 24 slots. */
    RunFolder() {
        EngineProfile profile = EngineProfiles.named(EngineProfiles.RTXPRO6000_8B);
        ContinuousBatchingEngine engine =
                new ContinuousBatchingEngine(
                        profile.withLimits(profile.limits().withMaxSequences(SLOTS)));
        Random random = new Random(11);
        double seconds = 0;
        for (int i = 0; i < 160; i++) {
            EngineRequest request =
                    EngineRequest.of(
                            "bench-" + i, 200 + random.nextInt(1_500), 200 + random.nextInt(400));
            long arrival = (long) (seconds * 1e9);
            engine.advanceTo(arrival, this::keep);
            engine.submit(request, arrival);
            rows.add(row(request, seconds));
            seconds -= Math.log(1 - random.nextDouble()) / 4;
        }
        engine.advanceTo(ContinuousBatchingEngine.NEVER, this::keep);
        for (ObjectNode row : rows) {
            Map<Class<?>, Long> known = times.get(row.get("request_id").asText());
            row.put("scheduled_ts", MONOTONIC + known.get(EngineEvent.Started.class) * 1e-9);
            row.put("first_token_ts", MONOTONIC + known.get(EngineEvent.FirstToken.class) * 1e-9);
            row.put("last_token_ts", MONOTONIC + known.get(EngineEvent.Finished.class) * 1e-9);
        }
    }

    private void keep(EngineEvent event) {
        times.computeIfAbsent(event.id(), id -> new HashMap<>())
                .put(event.getClass(), event.atNanos());
    }

    private static ObjectNode row(EngineRequest request, double seconds) {
        return JSON.createObjectNode()
                .put("request_id", request.id())
                .put("input_toks", request.promptTokens())
                .put("output_toks", request.outputTokens())
                .put("arrival_time", UNIX + seconds)
                .put("queued_ts", MONOTONIC + seconds + 0.001);
    }

    /** Removes a field of all rows. */
    RunFolder without(String field) {
        rows.forEach(row -> row.remove(field));
        return this;
    }

    /** Writes requests.jsonl and meta.json; no meta.json if that is empty. */
    Path write(Path folder, String meta, String... extraLines) throws IOException {
        List<String> lines = new ArrayList<>(rows.stream().map(ObjectNode::toString).toList());
        lines.addAll(List.of(extraLines));
        Files.write(folder.resolve("requests.jsonl"), lines);
        if (!meta.isEmpty()) {
            Files.writeString(folder.resolve("meta.json"), meta);
        }
        return folder;
    }
}

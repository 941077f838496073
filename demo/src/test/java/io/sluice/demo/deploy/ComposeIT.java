package io.sluice.demo.deploy;

import io.sluice.demo.process.Await;
import io.sluice.demo.topic.Tape;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.SlaScope;
import io.sluice.schemas.avro.SlaWindow;

import org.apache.avro.specific.SpecificRecord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code docker compose --profile page up} starts, started: without containers, for want of an
 * engine.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class ComposeIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String TOKEN = "0123456789abcdef-of-the-page";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();

    @Test
    void itsCommandsMakeAPipelineThatAnswersAndMeasures(@TempDir Path folder) throws Exception {
        try (Containers containers = new Containers(folder)) {
            containers.up("page", TOKEN);
            containers.awaitHealthy("page");
            assertThat(page(containers, "a guess at the token").statusCode()).isEqualTo(401);

            try (Tape<RequestOutcome> outcomes =
                            tape(containers, Topic.OUTCOMES, RequestOutcome.class);
                    Tape<SlaWindow> windows = tape(containers, Topic.SLA, SlaWindow.class)) {
                await("a completed request", outcomes, o -> o.getOutcome() == Outcome.Completed);
                await(
                        "a window with times of first tokens",
                        windows,
                        w -> w.getScope() == SlaScope.ALL && w.getTtft().getCount() > 0);
            }

            Await.until(
                    "the page to count what has completed, and three instances",
                    PATIENCE,
                    () -> {
                        JsonNode live = JSON.readTree(page(containers, TOKEN).body()).get("live");
                        return live.at("/outcomes/Completed").asLong() > 0
                                && live.at("/fleet/instances").size() == 3;
                    });

            for (String service : List.of("worker-1", "worker-2", "worker-3", "page")) {
                assertThat(containers.stop(service)).as(service + " stops in time").isTrue();
                assertThat(containers.printed(service)).doesNotContain("Exception");
            }
        }
    }

    private static HttpResponse<String> page(Containers containers, String token) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(containers.page().resolve("/api/state"))
                        .header("Authorization", "Bearer " + token)
                        .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    private static <T extends SpecificRecord> void await(
            String what, Tape<T> tape, Predicate<T> which) {
        Await.until(what, PATIENCE, () -> tape.has(which));
    }

    private static <T extends SpecificRecord> Tape<T> tape(
            Containers containers, Topic topic, Class<T> type) {
        return Tape.committed(containers.broker(), topic.name(TopicPrefix.DEFAULT), type);
    }
}

package io.sluice.demo.apps;

import io.sluice.demo.broker.BrokerProcess;
import io.sluice.demo.broker.BrokerSettings;
import io.sluice.demo.process.JavaProcess;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.WorkerEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

import static io.sluice.schemas.avro.WorkerEventType.ACCEPTED;
import static io.sluice.schemas.avro.WorkerEventType.COMPLETED;
import static io.sluice.schemas.avro.WorkerEventType.GIVEN_BACK;
import static org.assertj.core.api.Assertions.assertThat;

/** A worker whose broker dies and comes back. */
class WorkerAndBrokerTest {

    @Test
    void givesUpWhatItRanAndBeginsAnewWhenTheBrokerIsBack(@TempDir Path folder) throws Exception {
        BrokerSettings settings = BrokerSettings.onFreePorts(folder.resolve("log"));
        try (BrokerProcess broker = BrokerProcess.start(settings, folder)) {
            String servers = broker.bootstrapServers();
            Topics.create(servers, Topic.DISPATCH, Topic.WORKER_EVENTS);
            try (JavaProcess worker = WorkerProcess.start(servers, "patient", folder);
                    EventTail events = new EventTail(servers);
                    Lane lane = new Lane(servers, "patient")) {
                WorkerEvent registered = events.awaitRegistration("patient", 0);
                lane.connect(registered);
                lane.dispatch("cut", 10, 4_000);
                events.await(ACCEPTED, "cut");

                broker.kill();
                WorkerProcess.awaitLine("patient", folder, "begins anew as incarnation");
                broker.restart();

                WorkerEvent told = events.await(GIVEN_BACK, "cut");
                assertThat(told.getIncarnation()).isGreaterThan(registered.getIncarnation());
                WorkerEvent again = events.awaitRegistration("patient", told.getIncarnation() - 1);
                lane.connect(again);
                lane.dispatch("next", 10, 5);
                events.await(COMPLETED, "next");
                worker.requireAlive();
                List<WorkerEvent> all = events.read();
                assertThat(all.indexOf(told)).isLessThan(all.indexOf(again));
            }
        }
    }
}

package io.sluice.jobs.io;

import io.sluice.jobs.flow.PolicyAnnouncement;
import io.sluice.schemas.avro.ConfigEvent;
import io.sluice.schemas.avro.ConfigKind;

import java.time.Instant;
import java.util.Map;

/** From what the job says of a policy in force to its record on the config topic. */
final class PolicyMapping {

    private static final String ISSUER = "SchedulerJob";

    private PolicyMapping() {}

    /** The newest of a key is what compaction keeps. */
    static String key(PolicyAnnouncement said) {
        return "policy/" + said.decides();
    }

    static ConfigEvent record(PolicyAnnouncement said) {
        return ConfigEvent.newBuilder()
                .setKind(ConfigKind.POLICY)
                .setId(said.decides())
                .setName(said.policy())
                .setParameters(Map.of())
                .setVersion(said.version())
                .setIssuedAt(Instant.ofEpochMilli(said.saidAtMillis()))
                .setIssuedBy(ISSUER)
                .setEpoch(said.epoch())
                .setPosition(said.position())
                .build();
    }
}

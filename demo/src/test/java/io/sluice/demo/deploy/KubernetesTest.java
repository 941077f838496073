package io.sluice.demo.deploy;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

import static io.sluice.demo.deploy.DeployFiles.map;
import static org.assertj.core.api.Assertions.assertThat;

/** The {@code FlinkDeployment}s: what the operator would refuse, and what the jobs would. */
class KubernetesTest {

    private static final String SCHEMA =
            "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"scheduler", "sla"})
    void theOperatorWouldTakeIt(String name) throws Exception {
        assertThat(schema().validate(JSON.valueToTree(deployment(name)))).isEmpty();
    }

    /** The check bites: what is misspelt, and what is of another type, is found. */
    @Test
    void theOperatorWouldNotTakeMistakes() throws Exception {
        Map<String, Object> misspelt = deployment("sla");
        map(misspelt, "spec").put("serviceAcount", "flink");
        Map<String, Object> mistyped = deployment("sla");
        map(map(mistyped, "spec"), "flinkConfiguration").put("rest.port", 8081);

        assertThat(schema().validate(JSON.valueToTree(misspelt))).hasSize(1);
        assertThat(schema().validate(JSON.valueToTree(mistyped))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"scheduler", "sla"})
    void itIsOfThisBuild(String name) throws Exception {
        Map<String, Object> spec = map(deployment(name), "spec");
        String[] flink = DeployFiles.property("flink.version").split("\\.");
        assertThat(spec)
                .containsEntry("image", "sluice-jobs:" + DeployFiles.version())
                .containsEntry("flinkVersion", "v%s_%s".formatted(flink[0], flink[1]));
        assertThat(map(spec, "job"))
                .containsEntry(
                        "jarURI",
                        "local://" + DeployFiles.copies().get(DeployFiles.shadedJar("jobs")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"scheduler", "sla"})
    void theJobTakesItsConfiguration(String name) throws Exception {
        Map<String, Object> spec = map(deployment(name), "spec");
        Configuration configuration = configuration(spec);
        assertThat(configuration.keySet()).allMatch(FlinkOptionKeys::knows);

        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        String mainClass = (String) map(spec, "job").get("entryClass");
        Jobs.define(mainClass, env);

        assertThat(env.getStreamGraph(false).getStreamNodes()).isNotEmpty();
        assertThat(map(deployment(name), "metadata")).containsEntry("name", Jobs.name(mainClass));
        // Records in flight have no schema evolution, so what may hold them is not upgraded from.
        assertThat(map(spec, "job"))
                .containsEntry(
                        "upgradeMode",
                        env.getCheckpointConfig().isUnalignedCheckpointsEnabled()
                                ? "savepoint"
                                : "last-state");
        assertThat(configuration.toMap())
                .containsEntry("high-availability.type", "kubernetes")
                .containsEntry("job.autoscaler.enabled", "false");
    }

    private static Configuration configuration(Map<String, Object> spec) {
        Map<String, String> values = new HashMap<>();
        map(spec, "flinkConfiguration").forEach((key, value) -> values.put(key, (String) value));
        return Configuration.fromMap(values);
    }

    private static Map<String, Object> deployment(String name) throws IOException {
        return DeployFiles.yaml("deploy/kubernetes/%s.yaml".formatted(name));
    }

    private static JsonSchema schema() throws IOException {
        try (InputStream in = KubernetesTest.class.getResourceAsStream(SCHEMA)) {
            Object yaml = new Yaml(new SafeConstructor(largeFiles())).load(in);
            JsonNode definition = JSON.valueToTree(yaml);
            JsonNode root = definition.at("/spec/versions/0/schema/openAPIV3Schema");
            JsonNode spec = root.at("/properties/spec");
            refuseUnknownFields(spec);
            // The schema is older than Flink 2; newer operators know its versions.
            ((ArrayNode) spec.at("/properties/flinkVersion/enum")).add("v2_2");
            return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(root);
        }
    }

    private static LoaderOptions largeFiles() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(16 << 20);
        return options;
    }

    /** As {@code kubectl} does; the schema alone would let unknown fields pass, to be dropped. */
    private static void refuseUnknownFields(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")
                && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            object.put("additionalProperties", false);
        }
        schema.forEach(KubernetesTest::refuseUnknownFields);
    }
}

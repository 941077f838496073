package io.sluice.demo.deploy;

import io.sluice.apps.SluiceApps;

import org.apache.flink.client.cli.CliFrontendParser;
import org.apache.flink.client.cli.ProgramOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The commands of the containers are ones that the jobs and the tools accept. */
class ComposeCommandsTest {

    private final Compose compose = Compose.read();

    ComposeCommandsTest() throws IOException {}

    @ParameterizedTest
    @ValueSource(strings = {"submit-scheduler", "submit-sla"})
    void theJobAcceptsWhatItIsSubmittedWith(String service) throws Exception {
        List<String> command = compose.command(service);
        assertThat(command).first().isEqualTo(image("deploy/docker/submit-once.sh"));
        ProgramOptions run = flinkRun(command.subList(2, command.size()));

        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration());
        Jobs.define(run.getEntryPointClassName(), env, run.getProgramArgs());

        assertThat(env.getStreamGraph(false).getStreamNodes()).isNotEmpty();
        assertThat(command.get(1)).isEqualTo(Jobs.name(run.getEntryPointClassName()));
        assertThat(run.getJarFilePath()).isEqualTo(image(DeployFiles.shadedJar("jobs")));
        assertThat(run.getDetachedMode()).isTrue();
    }

    @Test
    void bothJobsFindSlots() throws Exception {
        int wanted = 0;
        for (String service : List.of("submit-scheduler", "submit-sla")) {
            List<String> command = compose.command(service);
            wanted += flinkRun(command.subList(2, command.size())).getParallelism();
        }
        int slots = Integer.parseInt(configuration().toMap().get("taskmanager.numberOfTaskSlots"));

        assertThat(wanted).isLessThanOrEqualTo(compose.replicas("taskmanager") * slots);
    }

    @Test
    void flinkKnowsEveryKeyOfItsConfiguration() {
        assertThat(configuration().keySet()).isNotEmpty().allMatch(FlinkOptionKeys::knows);
        assertThat(configuration().toMap())
                .containsEntry("jobmanager.rpc.address", "jobmanager")
                .containsEntry("rest.address", "jobmanager")
                .containsEntry("rest.port", "8081");
    }

    @ParameterizedTest
    @MethodSource("toolServices")
    void theToolAcceptsItsOptions(String service) throws IOException {
        List<String> command = compose.command(service);
        assertThat(Files.readString(DeployFiles.ROOT.resolve("sluice")))
                .containsPattern("(?m)^  %s +\\w".formatted(command.get(0)));
        CommandLine tools = SluiceApps.commandLine();
        assumeThat(tools.getSubcommands())
                .as("commands of the tools in this build")
                .containsKey(command.get(0));

        CommandLine.ParseResult parsed = tools.parseArgs(command.toArray(String[]::new));

        assertThat(parsed.hasSubcommand()).isTrue();
    }

    static Stream<String> toolServices() {
        return Stream.of("topics", "worker-1", "worker-2", "worker-3", "replay", "page");
    }

    private static ProgramOptions flinkRun(List<String> arguments) throws Exception {
        return ProgramOptions.create(
                CliFrontendParser.parse(
                        CliFrontendParser.getRunCommandOptions(),
                        arguments.toArray(String[]::new),
                        true));
    }

    private static Configuration configuration() {
        return GlobalConfiguration.loadConfiguration(
                DeployFiles.ROOT.resolve("deploy/flink").toString());
    }

    private static String image(String file) throws IOException {
        return DeployFiles.copies().get(file);
    }
}

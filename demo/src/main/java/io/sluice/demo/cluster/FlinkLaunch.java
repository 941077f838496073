package io.sluice.demo.cluster;

import io.sluice.demo.process.ClassPath;
import io.sluice.demo.process.JavaCommand;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The processes that Flink's own scripts start for a configuration: its entry points, the memory
 * arguments that Flink computes, and the JVM options that the configuration asks for.
 *
 * @param conf the folder with {@code config.yaml}
 * @param logs where logs go
 * @param classPath what the processes run from; jobs bring their own classes, see {@link
 *     DistributionClassLoader}
 */
public record FlinkLaunch(Path conf, Path logs, ClassPath classPath) {

    /**
     * A job manager of a session cluster.
     *
     * @param name of the process and its log files
     * @param webPort where its REST interface and page are
     */
    public JavaCommand jobManager(String name, int webPort) {
        Configuration configuration = configuration();
        JobManagerProcessSpec memory = JobManagerProcessUtils.processSpecFromConfig(configuration);
        List<String> jvm =
                jvm(
                        name,
                        JobManagerProcessUtils.generateJvmParametersStr(memory, configuration),
                        configuration.get(CoreOptions.FLINK_JM_JVM_OPTIONS));
        List<String> options =
                new ArrayList<>(words(JobManagerProcessUtils.generateDynamicConfigsStr(memory)));
        options.add("-D");
        options.add(RestOptions.PORT.key() + "=" + webPort);
        return command(name, jvm, StandaloneSessionClusterEntrypoint.class, options);
    }

    /**
     * A task manager.
     *
     * @param name of the process and its log files
     * @param resourceId what the cluster calls it; another one for each start, so that it is not
     *     taken for the one before
     */
    public JavaCommand taskManager(String name, String resourceId) {
        Configuration configuration = configuration();
        TaskExecutorProcessSpec memory =
                TaskExecutorProcessUtils.processSpecFromConfig(configuration);
        List<String> jvm =
                jvm(
                        name,
                        ProcessMemoryUtils.generateJvmParametersStr(memory),
                        configuration.get(CoreOptions.FLINK_TM_JVM_OPTIONS));
        List<String> options =
                new ArrayList<>(words(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory)));
        options.add("-D");
        options.add(TaskManagerOptions.TASK_MANAGER_RESOURCE_ID.key() + "=" + resourceId);
        return command(name, jvm, TaskManagerRunner.class, options);
    }

    private Configuration configuration() {
        return GlobalConfiguration.loadConfiguration(conf.toString());
    }

    private List<String> jvm(String name, String memory, String own) {
        List<String> arguments = new ArrayList<>(words(memory));
        arguments.addAll(words(configuration().get(CoreOptions.FLINK_JVM_OPTIONS)));
        arguments.addAll(words(own));
        // Where Flink's web page looks for the log it shows.
        arguments.add("-Dlog.file=" + logs.resolve(name + ".log"));
        arguments.add(DistributionClassLoader.JVM_ARGUMENT);
        return arguments;
    }

    private JavaCommand command(
            String name, List<String> jvm, Class<?> main, List<String> options) {
        List<String> arguments = new ArrayList<>(List.of("--configDir", conf.toString()));
        arguments.addAll(options);
        return new JavaCommand(name, classPath, jvm, main.getName(), arguments);
    }

    private static List<String> words(String line) {
        return Arrays.stream(line.strip().split("\\s+")).filter(word -> !word.isEmpty()).toList();
    }
}

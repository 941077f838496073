package io.sluice.demo.cluster;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * The system class loader of a Flink process that runs from the class path of this program: it has
 * what a distribution of Flink has, and hides the jobs, Kafka and Avro. Flink looks up its own
 * packages in the cluster before the job's jar, so a connector that the cluster had would meet
 * another Kafka than the job's classes do; hidden, all of it comes from the jar that was submitted.
 *
 * <p>A JVM makes it for {@link #JVM_ARGUMENT}.
 */
public final class DistributionClassLoader extends URLClassLoader {

    /** Makes this the system class loader. */
    public static final String JVM_ARGUMENT =
            "-Djava.system.class.loader=" + DistributionClassLoader.class.getName();

    private static final List<String> HIDDEN =
            List.of(
                    "io/sluice/",
                    "kafka/",
                    "org/apache/avro/",
                    "org/apache/flink/connector/kafka/",
                    "org/apache/flink/formats/avro/",
                    "org/apache/flink/streaming/connectors/kafka/",
                    "org/apache/kafka/");

    /** What starts other programs, Flink's among them, and what Flink itself is to find. */
    private static final List<String> SHOWN =
            List.of("io/sluice/demo/process/", "io/sluice/demo/disk/");

    static {
        registerAsParallelCapable();
    }

    /**
     * Called by the JVM.
     *
     * @param ofClassPath the loader that it would have taken; only its parent, the JDK's classes,
     *     is asked
     */
    public DistributionClassLoader(ClassLoader ofClassPath) {
        super(classPath(), ofClassPath.getParent());
    }

    private static URL[] classPath() {
        String entries = System.getProperty("java.class.path");
        return Arrays.stream(entries.split(File.pathSeparator))
                .map(DistributionClassLoader::url)
                .toArray(URL[]::new);
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException exception) {
            throw new IllegalArgumentException("no class path entry: " + entry, exception);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (hides(name.replace('.', '/'))) {
            throw new ClassNotFoundException(name + " is for jobs to bring");
        }
        return super.findClass(name);
    }

    @Override
    public URL findResource(String name) {
        return hides(name) ? null : super.findResource(name);
    }

    @Override
    public Enumeration<URL> findResources(String name) throws IOException {
        return hides(name) ? Collections.emptyEnumeration() : super.findResources(name);
    }

    private static boolean hides(String path) {
        return SHOWN.stream().noneMatch(path::startsWith)
                && HIDDEN.stream().anyMatch(path::startsWith);
    }
}

package io.sluice.demo.deploy;

import io.sluice.demo.process.FreePorts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where on this machine that is what each container has at an address, or in a folder, of its own.
 */
final class Places {

    private static final String TOOLS_HOME = "/var/lib/sluice";
    private static final String SECRETS = "/run/secrets";

    private final Path folder;
    private final String broker;
    private final Map<String, String> ofAll = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> portsOf = new LinkedHashMap<>();

    /**
     * Finds places.
     *
     * @param folder takes everything that containers write
     */
    Places(Path folder) throws IOException {
        this.folder = folder;
        List<Integer> ports = FreePorts.pick(3);
        broker = "localhost:" + ports.get(0);
        ofAll.put(Compose.BROKER, broker);
        ofAll.put(":19092", ":" + ports.get(0));
        ofAll.put(":9092", ":" + ports.get(1));
        ofAll.put(":9093", ":" + ports.get(2));
        ofAll.put("/var/lib/kafka", folder.resolve("kafka").toString());
        ofAll.put(SECRETS, secrets().toString());
        ofAll.put("/flink-data", folder.resolve("flink-data").toString());
        Path root = DeployFiles.ROOT.toRealPath();
        DeployFiles.copies()
                .forEach((file, image) -> ofAll.put(image, root.resolve(file).toString()));
    }

    /** Where the broker is that containers find as {@link Compose#BROKER}. */
    String broker() {
        return broker;
    }

    private Path secrets() {
        return folder.resolve("secrets");
    }

    /** Puts a secret where containers find theirs. */
    void keepSecret(String name, String content) throws IOException {
        Files.writeString(Files.createDirectories(secrets()).resolve(name), content);
    }

    /** Gives a port that a service listens on another number. */
    void movePort(String service, int port, int here) {
        portsOf.computeIfAbsent(service, key -> new LinkedHashMap<>())
                .put(Integer.toString(port), Integer.toString(here));
    }

    /** What a service is told, as it is to be told here. */
    String told(String service, String word) {
        String here = word;
        for (Map.Entry<String, String> port : portsOf.getOrDefault(service, Map.of()).entrySet()) {
            here = here.replaceFirst("(^|/)" + port.getKey() + "$", "$1" + port.getValue());
        }
        here = here.replace(TOOLS_HOME, folder.resolve(service).toString());
        for (Map.Entry<String, String> place : ofAll.entrySet()) {
            here = here.replace(place.getKey(), place.getValue());
        }
        return here;
    }
}

package io.sluice.demo.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of client properties for the secure listener, as docs/security.md describes them. */
record Login(Path folder, Certificates certificates) {

    /** The password in a file of its own, which the properties only name. */
    Path named(String user, String password) throws IOException {
        Path secrets = folder.resolve(user + "-secrets.properties");
        Files.writeString(secrets, "password=" + password);
        return open(user, "${file:" + secrets + ":password}");
    }

    /** The password among the properties. */
    Path open(String user, String password) throws IOException {
        Path file = Files.createTempFile(folder, user + "-", ".properties");
        return Files.writeString(
                file,
                """
                security.protocol=SASL_SSL
                sasl.mechanism=SCRAM-SHA-512
                sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="%s" password="%s";
                ssl.truststore.type=PEM
                ssl.truststore.location=%s
                """
                        .formatted(user, password, certificates.authority()));
    }
}

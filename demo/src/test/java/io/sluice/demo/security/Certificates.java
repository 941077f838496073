package io.sluice.demo.security;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate authority of our own and a key for {@code localhost} that it has signed, made by
 * the JDK's keytool as docs/security.md tells.
 *
 * @param folder where they lie
 */
record Certificates(Path folder) {

    static final String PASSWORD = "of-the-key-stores";

    /** Makes them. */
    static Certificates make(Path folder) throws IOException, InterruptedException {
        Certificates made = new Certificates(folder);
        List<String> pair = List.of("-genkeypair", "-keyalg", "RSA", "-keysize", "2048");
        made.keytool("ca.p12", pair, "-alias", "ca", "-dname", "CN=Test CA", "-ext", "bc:c");
        made.keytool(
                "ca.p12",
                pair,
                "-alias",
                "server",
                "-dname",
                "CN=localhost",
                "-signer",
                "ca",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1");
        made.keytool(
                "ca.p12",
                List.of("-exportcert", "-rfc", "-alias", "ca"),
                "-file",
                made.authority().toString());
        made.run(
                List.of(
                        "-importkeystore",
                        "-srckeystore",
                        folder.resolve("ca.p12").toString(),
                        "-srcstorepass",
                        PASSWORD,
                        "-srcalias",
                        "server",
                        "-destkeystore",
                        made.serverStore().toString(),
                        "-deststorepass",
                        PASSWORD));
        made.keytool(
                "trust.p12",
                List.of("-importcert", "-noprompt", "-alias", "ca"),
                "-file",
                made.authority().toString());
        return made;
    }

    /** The same as a trust store of Java. */
    Path trustStore() {
        return folder.resolve("trust.p12");
    }

    /** The certificate that clients must trust, in PEM. */
    Path authority() {
        return folder.resolve("ca.pem");
    }

    /** Key and certificate of the server, in PKCS12. */
    Path serverStore() {
        return folder.resolve("server.p12");
    }

    private void keytool(String store, List<String> command, String... options)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("-keystore", folder.resolve(store).toString()));
        all.addAll(List.of("-storepass", PASSWORD));
        all.addAll(List.of(options));
        run(all);
    }

    private void run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool " + arguments.get(0) + ": " + said);
        }
    }
}

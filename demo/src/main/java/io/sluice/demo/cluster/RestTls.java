package io.sluice.demo.cluster;

import org.jspecify.annotations.Nullable;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;

/**
 * How to talk TLS to Flink's REST interface.
 *
 * @param authorities certificates in PEM, one of which has signed Flink's; null for those that Java
 *     trusts
 * @param key where Flink asks for a certificate of its clients: key and certificate in PKCS12
 * @param keyPasswordFile what the first line of this file says opens the key
 */
public record RestTls(
        @Nullable Path authorities, @Nullable Path key, @Nullable Path keyPasswordFile) {

    /** As Java does it by itself. */
    public static final RestTls USUAL = new RestTls(null, null, null);

    /**
     * A client that talks so.
     *
     * @throws FlinkRestException if one of the files cannot be used; the message names it
     */
    HttpClient client() {
        if (authorities == null && key == null) {
            return HttpClient.newHttpClient();
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), trust(), null);
            return HttpClient.newBuilder().sslContext(context).build();
        } catch (IOException | GeneralSecurityException exception) {
            throw new FlinkRestException(
                    "cannot use the certificates for Flink's REST interface (%s): %s"
                            .formatted(this, exception),
                    exception);
        }
    }

    private TrustManager @Nullable [] trust() throws IOException, GeneralSecurityException {
        if (authorities == null) {
            return null;
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate certificate : certificates(authorities)) {
            store.setCertificateEntry("authority-" + store.size(), certificate);
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }

    private KeyManager @Nullable [] keys() throws IOException, GeneralSecurityException {
        if (key == null) {
            return null;
        }
        char[] password = password();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(key)) {
            store.load(in, password);
        }
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    private char[] password() throws IOException {
        if (keyPasswordFile == null) {
            return new char[0];
        }
        return Files.readString(keyPasswordFile).lines().findFirst().orElse("").toCharArray();
    }
}

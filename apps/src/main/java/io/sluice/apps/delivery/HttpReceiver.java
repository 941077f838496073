package io.sluice.apps.delivery;

import io.sluice.apps.delivery.Delivery.Later;
import io.sluice.apps.delivery.Delivery.Refused;
import io.sluice.apps.delivery.Delivery.Taken;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;

/**
 * One address that takes messages over HTTP.
 *
 * <p>What it cannot take now (no connection, no answer in time, 408, 425, 429, 5xx) may be sent
 * again; every other answer but 2xx is final. Redirects are not followed: the headers may hold a
 * secret that is meant for this address.
 */
public final class HttpReceiver {

    /**
     * Where, and how.
     *
     * @param address http or https
     * @param headers sent with each message
     * @param timeout how long an answer may take
     */
    public record Target(URI address, Map<String, String> headers, Duration timeout) {

        /**
         * Copies the headers.
         *
         * @throws IllegalArgumentException if the address is none of HTTP, or there is no time
         */
        public Target {
            headers = Map.copyOf(headers);
            String scheme = address.getScheme();
            if (!("http".equals(scheme) || "https".equals(scheme)) || address.getHost() == null) {
                throw new IllegalArgumentException(
                        "%s is no address such as https://host/path".formatted(address));
            }
            if (timeout.isZero()) {
                throw new IllegalArgumentException("a receiver needs some time to answer, not 0 s");
            }
        }

        /** The same for an address under this one. */
        public Target at(String path) {
            String base = address.toString().replaceFirst("/+$", "");
            return new Target(URI.create(base + path), headers, timeout);
        }
    }

    private final Target target;
    private final HttpClient http;

    /** A receiver; nothing is sent yet. */
    public HttpReceiver(Target target) {
        this.target = target;
        this.http =
                HttpClient.newBuilder()
                        .connectTimeout(target.timeout())
                        .followRedirects(Redirect.NEVER)
                        .build();
    }

    /** Posts a message, and waits for the answer. */
    public Delivery post(String contentType, byte[] body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target.address())
                        .timeout(target.timeout())
                        .header("Content-Type", contentType)
                        .POST(BodyPublishers.ofByteArray(body));
        target.headers().forEach(request::setHeader);
        try {
            return judged(http.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException silent) {
            return new Later(silent.toString(), null);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Later("interrupted", null);
        }
    }

    private static Delivery judged(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return new Taken(ByteBuffer.wrap(answer.body()));
        }
        String reason = "answered HTTP " + status;
        boolean passing = status == 408 || status == 425 || status == 429 || status / 100 == 5;
        return passing
                ? new Later(reason, wait(answer.headers().firstValue("Retry-After").orElse(null)))
                : new Refused(reason);
    }

    /** Of {@code Retry-After} only the form in seconds is understood; the other is a date. */
    private static @Nullable Duration wait(@Nullable String seconds) {
        return seconds != null && seconds.matches("\\d{1,5}")
                ? Duration.ofSeconds(Long.parseLong(seconds))
                : null;
    }
}

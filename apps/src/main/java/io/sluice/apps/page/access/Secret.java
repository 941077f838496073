package io.sluice.apps.page.access;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A token that lets in who knows it. A browser that has shown it once is known by a pass, which
 * tells nothing of the token and holds for as long as the token does, over restarts of the server
 * too. Comparing takes as long for a wrong one, however much of it is right.
 */
public final class Secret {

    /** Too long to be guessed by trying, if it was drawn at random. */
    private static final int SHORTEST = 16;

    private static final int LONGEST = 512;
    private static final String MAC = "HmacSHA256";

    private final String token;

    private Secret(String token) {
        this.token = token;
    }

    /**
     * The token in a file.
     *
     * @param option the option that named the file
     * @throws IllegalArgumentException if it cannot be read, or is too weak
     */
    public static Secret read(String option, Path file) {
        String token;
        try {
            token = Files.readString(file).strip();
        } catch (IOException exception) {
            throw new IllegalArgumentException(
                    "cannot read the token from %s of %s: %s".formatted(file, option, exception),
                    exception);
        }
        int length = token.length();
        if (length < SHORTEST || length > LONGEST || !token.matches("[!-~]+")) {
            throw new IllegalArgumentException(
                    "the token in %s must be one line of %d to %d visible ASCII characters; make one with: openssl rand -hex 32"
                            .formatted(file, SHORTEST, LONGEST));
        }
        return new Secret(token);
    }

    /** Whether this is the token. */
    public boolean isToken(String presented) {
        return MessageDigest.isEqual(mac(presented), mac(token));
    }

    /** Whether both are the same token. */
    public boolean isSameAs(Secret other) {
        return isToken(other.token);
    }

    /**
     * What a browser keeps that has shown the token.
     *
     * @param purpose what it lets in to; passes of other purposes do not
     */
    public String pass(String purpose) {
        return HexFormat.of().formatHex(mac(purpose));
    }

    /** Whether this is the pass for a purpose. */
    public boolean isPass(String purpose, String presented) {
        return MessageDigest.isEqual(
                presented.getBytes(StandardCharsets.UTF_8),
                pass(purpose).getBytes(StandardCharsets.UTF_8));
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), MAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + MAC, impossible);
        }
    }
}

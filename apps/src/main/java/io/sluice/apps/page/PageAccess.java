package io.sluice.apps.page;

import org.jspecify.annotations.Nullable;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Where the page listens, and who may read it: anybody on this machine, or from anywhere those who
 * know a token. A browser that has shown the token once is known by a pass, which tells nothing of
 * the token and holds for as long as the token does, over restarts of the server too.
 */
public final class PageAccess {

    /** On this machine only, for everybody on it. */
    public static final PageAccess LOOPBACK = new PageAccess(InetAddress.getLoopbackAddress(), "");

    /** Too long to be guessed by trying, if it was drawn at random. */
    static final int SHORTEST_TOKEN = 16;

    private static final int LONGEST_TOKEN = 512;
    private static final String MAC = "HmacSHA256";

    private final InetAddress address;
    private final String token;

    private PageAccess(InetAddress address, String token) {
        this.address = address;
        this.token = token;
    }

    /**
     * An address, and the token that is asked for there.
     *
     * @param address of this machine; {@code 0.0.0.0} is all that it has
     * @param tokenFile has the token, or null for none, which is enough on the loopback interface
     * @throws IllegalArgumentException if either cannot be used, or a token is missing
     */
    static PageAccess of(String address, @Nullable Path tokenFile) {
        InetAddress resolved = ownAddress(address);
        if (tokenFile != null) {
            return new PageAccess(resolved, token(tokenFile));
        }
        if (!resolved.isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "--bind %s lets other machines in, so name a token that they must show: --token-file FILE"
                            .formatted(address));
        }
        return new PageAccess(resolved, "");
    }

    private static InetAddress ownAddress(String address) {
        try {
            InetAddress resolved = InetAddress.getByName(address);
            boolean own =
                    resolved.isAnyLocalAddress()
                            || resolved.isLoopbackAddress()
                            || NetworkInterface.getByInetAddress(resolved) != null;
            if (address.isBlank() || !own) {
                throw notOwn(address, null);
            }
            return resolved;
        } catch (UnknownHostException | SocketException exception) {
            throw notOwn(address, exception);
        }
    }

    private static IllegalArgumentException notOwn(String address, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "--bind must be an address of this machine, such as 0.0.0.0 for all of them; '%s' is not"
                        .formatted(address),
                cause);
    }

    private static String token(Path file) {
        String token;
        try {
            token = Files.readString(file).strip();
        } catch (IOException exception) {
            throw new IllegalArgumentException(
                    "cannot read the token from %s of --token-file: %s".formatted(file, exception),
                    exception);
        }
        int length = token.length();
        if (length < SHORTEST_TOKEN || length > LONGEST_TOKEN || !token.matches("[!-~]+")) {
            throw new IllegalArgumentException(
                    "the token in %s must be one line of %d to %d visible ASCII characters; make one with: openssl rand -hex 32"
                            .formatted(file, SHORTEST_TOKEN, LONGEST_TOKEN));
        }
        return token;
    }

    /** Where to listen. */
    InetAddress address() {
        return address;
    }

    /** Whether a token must be shown. */
    boolean needsToken() {
        return !token.isEmpty();
    }

    /** Whether this is the token; takes as long for a wrong one, however much of it is right. */
    boolean isToken(String presented) {
        return needsToken() && MessageDigest.isEqual(mac(presented), mac(token));
    }

    /** Whether this is the pass of a browser that has shown the token. */
    boolean isPass(String presented) {
        return needsToken()
                && MessageDigest.isEqual(
                        presented.getBytes(StandardCharsets.UTF_8),
                        pass().getBytes(StandardCharsets.UTF_8));
    }

    /** What a browser keeps that has shown the token. */
    String pass() {
        return HexFormat.of().formatHex(mac("pass of a browser to the live page"));
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

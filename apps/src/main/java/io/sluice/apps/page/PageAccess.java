package io.sluice.apps.page;

import io.sluice.apps.page.access.Secret;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;

/**
 * Where the page listens, and who may read it: anybody on this machine, or from anywhere those who
 * know a token. A browser that has shown the token once is known by a pass.
 */
public final class PageAccess {

    /** On this machine only, for everybody on it. */
    public static final PageAccess LOOPBACK =
            new PageAccess(InetAddress.getLoopbackAddress(), null);

    private static final String PURPOSE = "pass of a browser to the live page";

    private final InetAddress address;
    private final @Nullable Secret secret;

    private PageAccess(InetAddress address, @Nullable Secret secret) {
        this.address = address;
        this.secret = secret;
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
            return new PageAccess(resolved, Secret.read("--token-file", tokenFile));
        }
        if (!resolved.isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "--bind %s lets other machines in, so name a token that they must show: --token-file FILE"
                            .formatted(address));
        }
        return new PageAccess(resolved, null);
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

    /** Where to listen. */
    InetAddress address() {
        return address;
    }

    /** The token that must be shown, if one must. */
    @Nullable Secret secret() {
        return secret;
    }

    /** Whether a token must be shown. */
    boolean needsToken() {
        return secret != null;
    }

    /** Whether this is the token. */
    boolean isToken(String presented) {
        return secret != null && secret.isToken(presented);
    }

    /** Whether this is the pass of a browser that has shown the token. */
    boolean isPass(String presented) {
        return secret != null && secret.isPass(PURPOSE, presented);
    }

    /** What a browser keeps that has shown the token; nothing where none is asked for. */
    String pass() {
        return secret == null ? "" : secret.pass(PURPOSE);
    }
}

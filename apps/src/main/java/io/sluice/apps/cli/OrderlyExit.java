package io.sluice.apps.cli;

import java.util.concurrent.CompletableFuture;

/**
 * Lets a command that is asked to end by a signal come to its end, and gives the process the
 * command's exit code instead of the signal's. There is one process, so this is static.
 */
public final class OrderlyExit {

    private static final CompletableFuture<Integer> CODE = new CompletableFuture<>();

    private OrderlyExit() {}

    /**
     * Says what ends the running command when the process is asked to end. It must make the command
     * return, and do nothing if it has returned.
     */
    public static void onSignal(Runnable stop) {
        Thread hook =
                new Thread(
                        () -> {
                            stop.run();
                            int code = CODE.join();
                            System.out.flush();
                            System.err.flush();
                            // The only way out of a shutdown with a code of one's own.
                            Runtime.getRuntime().halt(code);
                        },
                        "orderly-exit");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Ends the process with the exit code of its command. */
    public static void exit(int code) {
        CODE.complete(code);
        System.exit(code);
    }
}

package io.sluice.apps.cli;

import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Lets a command that is asked to end by a signal come to its end, and gives the process the
 * command's exit code instead of the signal's. There is one process, so this is static.
 */
public final class OrderlyExit {

    private static final CompletableFuture<Integer> CODE = new CompletableFuture<>();
    private static volatile boolean ownsProcess;

    private OrderlyExit() {}

    /**
     * Does something that a signal can end.
     *
     * @param action returns by itself, or soon after it was stopped
     * @param stop called in a thread of its own when the process is asked to end
     */
    public static void during(Runnable action, Runnable stop) {
        during(
                () -> {
                    action.run();
                    return true;
                },
                stop);
    }

    /**
     * Does something that a signal can end, for its result.
     *
     * @param action returns by itself, or soon after it was stopped
     * @param stop called in a thread of its own when the process is asked to end
     * @param <T> the result
     * @return what the action returns
     */
    public static <T> T during(Supplier<T> action, Runnable stop) {
        Thread hook = new Thread(() -> end(stop), "orderly-exit");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return action.get();
        } finally {
            remove(hook);
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException tooLate) {
            // The process is ending, and the hook waits for this very command.
        }
    }

    private static void end(Runnable stop) {
        stop.run();
        if (ownsProcess) {
            int code = CODE.join();
            System.out.flush();
            System.err.flush();
            // The only way out of a shutdown with a code of one's own.
            Runtime.getRuntime().halt(code);
        }
    }

    /** Runs the one command of this process, and ends the process with its exit code. */
    public static void run(IntSupplier command) {
        ownsProcess = true;
        int code = command.getAsInt();
        CODE.complete(code);
        System.exit(code);
    }
}

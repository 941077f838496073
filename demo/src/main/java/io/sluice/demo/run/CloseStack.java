package io.sluice.demo.run;

import java.util.ArrayDeque;
import java.util.Deque;

/** Things to close, last opened first; each is closed even if another cannot be. */
final class CloseStack implements AutoCloseable {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** Puts something on the stack, and returns it. */
    <T extends AutoCloseable> T push(T closeable) {
        open.push(closeable);
        return closeable;
    }

    /**
     * Closes everything.
     *
     * @throws DemoException with the first failure; later ones are attached to it
     */
    @Override
    public void close() {
        // An interrupt says that it is time to close; closing itself has to wait here and there.
        boolean interrupted = Thread.interrupted();
        DemoException failure = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception exception) {
                // AutoCloseable.close declares Exception.
                if (failure == null) {
                    failure = new DemoException("cannot stop in order: " + exception, exception);
                } else {
                    failure.addSuppressed(exception);
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Closes everything because of a failure, which is what the user shall hear of. */
    RuntimeException closeAfter(RuntimeException failure) {
        try {
            close();
        } catch (DemoException further) {
            failure.addSuppressed(further);
        }
        return failure;
    }
}

package io.sluice.demo.process;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs another main class for as long as the parent process lives. The parent holds the other end
 * of standard input; when it goes, in whatever way, the pipe closes and this JVM halts. So a test
 * run or a demo that is killed leaves no broker and no cluster behind.
 */
public final class TetheredMain {

    private static final int PARENT_GONE = 143;

    private TetheredMain() {}

    /**
     * Starts the tether, then the named program.
     *
     * @param arguments the fully qualified main class, then its arguments
     * @throws Throwable whatever the program throws
     */
    public static void main(String[] arguments) throws Throwable {
        Thread tether = new Thread(TetheredMain::haltWithParent, "tether");
        tether.setDaemon(true);
        tether.start();
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        try {
            Class.forName(arguments[0])
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) rest);
        } catch (InvocationTargetException exception) {
            throw exception.getCause();
        }
    }

    private static void haltWithParent() {
        try {
            while (System.in.read() >= 0) {
                // The parent writes nothing; only the end of the stream means anything.
            }
        } catch (IOException exception) {
            // A broken pipe means the same as a closed one.
        }
        Runtime.getRuntime().halt(PARENT_GONE);
    }
}

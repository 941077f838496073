package io.sluice.demo.cli;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

import java.io.PrintWriter;

/**
 * Reports a failed command in one line, {@code sluice: what was wrong and what to do}, with exit
 * code 1. The stack trace is added only when the user asked for it with {@link #DEBUG}.
 */
public final class OneLineErrors implements IExecutionExceptionHandler {

    /** The option that asks for stack traces. */
    public static final String DEBUG = "--debug";

    @Override
    public int handleExecutionException(
            Exception exception, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (wantsStackTrace(parsed)) {
            exception.printStackTrace(err);
        }
        boolean silent = exception.getMessage() == null;
        err.println("sluice: " + (silent ? exception.toString() : exception.getMessage()));
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static boolean wantsStackTrace(ParseResult parsed) {
        return parsed.asCommandLineList().stream()
                .anyMatch(command -> command.getParseResult().hasMatchedOption(DEBUG));
    }
}

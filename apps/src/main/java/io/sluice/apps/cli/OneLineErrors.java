package io.sluice.apps.cli;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;

/**
 * Reports trouble in one line, {@code sluice: what was wrong and what to do}: exit code 1 for a
 * command that failed, 2 for one that was called wrongly. A stack trace is added only when the user
 * asked for it with {@link #DEBUG}.
 */
public final class OneLineErrors implements IExecutionExceptionHandler, IParameterExceptionHandler {

    /** The option that asks for stack traces. */
    public static final String DEBUG = "--debug";

    @Override
    public int handleExecutionException(
            Exception exception, CommandLine command, ParseResult parsed) {
        boolean debug =
                parsed.asCommandLineList().stream()
                        .anyMatch(each -> each.getParseResult().hasMatchedOption(DEBUG));
        print(command.getErr(), message(exception), exception, debug);
        return CommandLine.ExitCode.SOFTWARE;
    }

    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        String help = command.getCommandSpec().qualifiedName() + " --help";
        String line =
                "%s%s; %s describes the options"
                        .formatted(message(exception), suggestion(exception), help);
        print(command.getErr(), line, exception, Arrays.asList(arguments).contains(DEBUG));
        return CommandLine.ExitCode.USAGE;
    }

    private static void print(PrintWriter err, String line, Exception exception, boolean debug) {
        if (debug) {
            exception.printStackTrace(err);
        }
        err.println("sluice: " + line);
        err.flush();
    }

    private static String suggestion(ParameterException exception) {
        if (exception instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                return ", did you mean " + suggestions.get(0) + "?";
            }
        }
        return "";
    }

    private static String message(Exception exception) {
        String message = exception.getMessage();
        return message == null ? exception.toString() : message.replaceAll("\\s*\\R\\s*", " ");
    }
}

package io.sluice.apps.cli;

import io.sluice.apps.SluiceApps;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What a command line printed, and its exit code. */
public record Console(int code, List<String> out, List<String> err) {

    /** Runs the command line without ending the process. */
    public static Console run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line =
                SluiceApps.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        int code = line.execute(arguments);
        return new Console(code, out.toString().lines().toList(), err.toString().lines().toList());
    }
}

package io.sluice.demo.apps;

import io.sluice.apps.SluiceApps;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** What a command of the apps printed when it was run against a broker, and its exit code. */
record Console(int code, List<String> out, List<String> err) {

    static Console run(String bootstrapServers, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line =
                SluiceApps.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--bootstrap-servers=" + bootstrapServers);
        int code = line.execute(all.toArray(String[]::new));
        return new Console(code, out.toString().lines().toList(), err.toString().lines().toList());
    }
}

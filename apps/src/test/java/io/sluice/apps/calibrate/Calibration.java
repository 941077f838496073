package io.sluice.apps.calibrate;

import io.sluice.apps.SluiceApps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A call of the command, and all that came of it. */
final class Calibration {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Path folder;
    private final int code;

    /**
     * Calls it.
     *
     * @param folder where its report and profile go
     */
    Calibration(Path folder, String... arguments) {
        this.folder = folder;
        List<String> all = new ArrayList<>(List.of("calibrate"));
        all.addAll(List.of(arguments));
        all.add("--report=" + folder.resolve("report.json"));
        all.add("--out=" + profile());
        CommandLine line = SluiceApps.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        code = line.execute(all.toArray(String[]::new));
    }

    int code() {
        return code;
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    Path profile() {
        return folder.resolve("profile.json");
    }

    JsonNode report() {
        try {
            return new ObjectMapper().readTree(folder.resolve("report.json").toFile());
        } catch (IOException e) {
            throw new AssertionError("no report; the command said: " + err, e);
        }
    }

    /** By how many per cent a value of the whole run was missed. */
    double error(String name) {
        return Math.abs(report().at("/whole_run/" + name + "/error_percent").asDouble(Double.NaN));
    }
}

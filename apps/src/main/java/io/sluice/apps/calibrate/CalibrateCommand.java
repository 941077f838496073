package io.sluice.apps.calibrate;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.OutputFiles;
import io.sluice.apps.profile.ProfileChoice;
import io.sluice.apps.profile.ProfileFile;
import io.sluice.sim.calibration.LogFit;
import io.sluice.sim.calibration.StepCostForm;
import io.sluice.sim.calibration.StepTerm;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.LinearStepCost;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code sluice calibrate}: an engine profile from measurements. */
@Command(
        name = "calibrate",
        description = {
            "Fit an engine profile to measurements, and say how far it can be trusted.",
            "",
            "From a measured run (--measured), the first half is fitted and the whole is simulated: predicted and measured"
                    + " latencies are printed side by side. A run is a folder with requests.jsonl (one JSON object a request:"
                    + " input_toks, output_toks, arrival_time, and on the engine's clock queued_ts, scheduled_ts,"
                    + " first_token_ts, last_token_ts), and if there are any meta.json (the engine's settings) and"
                    + " timeseries.csv (t, running, waiting). --workload adds the content of prompts (hash_ids).",
            "",
            "From a table of step times (--profile-table), the terms are fitted where engines work.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = false)
public final class CalibrateCommand implements Callable<Integer> {
    /** What a GPU is called that nobody named. */
    static final String NO_HARDWARE = "unnamed hardware";

    private static final String AUTO = "auto";

    @Option(
            names = "--measured",
            paramLabel = "DIR|FILE",
            description = "A measured run: its folder, or its file of requests.")
    private @Nullable Path measured;

    @Mixin private TableOptions table = new TableOptions();

    @Option(
            names = "--workload",
            paramLabel = "FILE",
            description =
                    "What was sent, one JSON object a request in the order of the log, with input_toks and hash_ids.")
    private @Nullable Path workload;

    @Option(
            names = "--fit-until",
            paramLabel = "PART",
            defaultValue = "0.5",
            description =
                    "The part of the run to fit: a fraction of its time up to 1, or seconds such as 30s (default:"
                            + " ${DEFAULT-VALUE}).")
    private String fitUntil = "0.5";

    @Option(
            names = "--terms",
            paramLabel = "TERMS",
            defaultValue = AUTO,
            description =
                    "Terms of the step cost: 3, 4 or 5, a list of step, prefill-token, decode, context-token,"
                            + " mixed-context-token and mixed-step, or auto for the form of 3 to 5 terms that fits best"
                            + " (default: ${DEFAULT-VALUE}).")
    private String terms = AUTO;

    @Option(
            names = "--shape",
            paramLabel = "PROFILE",
            description =
                    "Keep the proportions of this profile (a name, or a file, such as one made from tables of the same"
                            + " hardware) and fit one scale for all its times, for which far less of a run is needed.")
    private @Nullable String shape;

    @Mixin private EngineOptions engine = new EngineOptions();

    @Option(
            names = "--weights-gb",
            paramLabel = "GB",
            description =
                    "Size of the weights that each step reads; with --bandwidth a lower bound of the constant.")
    private @Nullable Double weightsGb;

    @Option(
            names = "--kv-token-bytes",
            paramLabel = "BYTES",
            description =
                    "Keys and values of a token; with --bandwidth a lower bound of the time per context token.")
    private @Nullable Double kvTokenBytes;

    @Option(
            names = "--bandwidth",
            paramLabel = "GB/s",
            description = "Memory bandwidth of the GPU.")
    private @Nullable Double bandwidth;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "calibrated",
            description = "What the profile is called (default: ${DEFAULT-VALUE}).")
    private String name = "calibrated";

    @Option(
            names = "--hardware",
            paramLabel = "NAME",
            description = "The GPU, in words; with --profile-table also a choice of rows.")
    private @Nullable String hardware;

    @Option(
            names = "--out",
            paramLabel = "PROFILE.json",
            description =
                    "Write the profile to this file; whatever takes the name of a profile takes the file, too.")
    private @Nullable Path out;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write the result to this file, as JSON.")
    private @Nullable Path report;

    @Spec private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        if ((measured == null) == (table.file == null)) {
            throw wrong("name what to fit: either --measured DIR or --profile-table FILE", null);
        }
        try {
            OutputFiles.check("--out", out);
            OutputFiles.check("--report", report);
            engine.check();
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()), e);
        }
        if (measured != null) {
            fromLog(measured);
        } else if (table.file != null) {
            fromTable(table.file);
        }
        return 0;
    }

    private void fromLog(Path folder) {
        LogCalibration.Plan plan = plan();
        MeasuredRun run =
                MeasuredRunReader.read(RunFiles.at(folder, Optional.ofNullable(workload)));
        LogCalibration calibration;
        try {
            calibration = LogCalibration.of(run, engine, plan, profileOf(table.model));
        } catch (IllegalArgumentException e) {
            throw new CommandException("%s: %s".formatted(folder, e.getMessage()), e);
        }
        print(CalibrationText.of(calibration));
        ObjectNode result = CalibrationReport.of(calibration);
        if (report != null) {
            CalibrationReport.write(report, result);
        }
        writeProfile(calibration.engine().profile(), CalibrationReport.fit(calibration.fit()));
    }

    private void fromTable(Path file) {
        LogCalibration.Plan plan = plan();
        StepCostForm form =
                plan.forms().size() == 1 ? plan.forms().get(0) : StepCostForm.FIVE_TERMS;
        Warnings warnings = new Warnings();
        TableCalibration calibration =
                TableCalibration.of(
                        new TableCalibration.Plan(
                                file, Optional.ofNullable(workload), form, plan.floors()),
                        table,
                        EngineSettings.unmeasured(engine, profileOf(table.model), warnings),
                        warnings);
        print(CalibrationText.of(calibration.fit(), calibration.about(), warnings.lines()));
        ObjectNode fit = CalibrationReport.fit(calibration.fit());
        if (report != null) {
            CalibrationReport.write(report, fit);
        }
        writeProfile(calibration.profile(), fit);
    }

    private void writeProfile(EngineProfile profile, ObjectNode origin) {
        if (out == null) {
            return;
        }
        try {
            ProfileFile.write(out, profile, origin);
        } catch (UncheckedIOException e) {
            throw new CommandException(
                    "cannot write --out %s: %s".formatted(out, e.getMessage()), e);
        }
        print(List.of("", "profile written to " + out));
    }

    private LogCalibration.Plan plan() {
        try {
            List<StepCostForm> forms =
                    terms.equalsIgnoreCase(AUTO)
                            ? LogFit.CANDIDATES
                            : List.of(StepCostForm.parse(terms));
            return new LogCalibration.Plan(FitWindow.parse(fitUntil), forms, floors(), shape());
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<LinearStepCost> shape() {
        if (shape == null) {
            return Optional.empty();
        }
        if (!(ProfileChoice.of(shape).cost() instanceof LinearStepCost linear)) {
            throw new IllegalArgumentException(
                    "--shape %s: its step cost is not a sum of terms".formatted(shape));
        }
        return Optional.of(linear);
    }

    /** What memory alone takes, in seconds. */
    private Map<StepTerm, Double> floors() {
        Map<StepTerm, Double> floors = new EnumMap<>(StepTerm.class);
        if (bandwidth == null) {
            if (weightsGb != null || kvTokenBytes != null) {
                throw new IllegalArgumentException(
                        "--weights-gb and --kv-token-bytes are lower bounds only with --bandwidth");
            }
            return floors;
        }
        if (!(bandwidth > 0)) {
            throw new IllegalArgumentException("--bandwidth must be above 0, is " + bandwidth);
        }
        if (weightsGb != null) {
            floors.put(StepTerm.STEP, positive("--weights-gb", weightsGb) / bandwidth);
        }
        if (kvTokenBytes != null) {
            double bytes = positive("--kv-token-bytes", kvTokenBytes);
            floors.put(StepTerm.CONTEXT_TOKEN, bytes / (bandwidth * 1e9));
        }
        return floors;
    }

    private static double positive(String option, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(
                    "%s must be above 0, is %s".formatted(option, value));
        }
        return value;
    }

    /** The name, model and GPU of the profile. */
    private EngineSettings.Names profileOf(@Nullable String model) {
        return new EngineSettings.Names(name, model, hardwareName());
    }

    private String hardwareName() {
        return hardware == null ? NO_HARDWARE : hardware;
    }

    private void print(List<String> lines) {
        PrintWriter writer = command().commandLine().getOut();
        lines.forEach(writer::println);
        writer.flush();
    }

    private ParameterException wrong(String message, @Nullable Throwable cause) {
        return new ParameterException(command().commandLine(), message, cause);
    }

    private CommandSpec command() {
        return Objects.requireNonNull(command, "set by picocli");
    }
}

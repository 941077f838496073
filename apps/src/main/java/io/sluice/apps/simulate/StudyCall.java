package io.sluice.apps.simulate;

import io.sluice.apps.trace.workload.TraceOpener;
import io.sluice.sim.fleet.RunListener;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A call of the command {@code simulate} that another command makes: what it finds, anybody can
 * find again with the same options.
 *
 * @param options as they are written on a command line
 */
public record StudyCall(List<String> options) {

    /** Keeps a copy. */
    public StudyCall {
        options = List.copyOf(options);
    }

    /** The call with options separated by spaces. */
    public static StudyCall of(String options) {
        return new StudyCall(List.of(options.strip().split("\\s+")));
    }

    /**
     * The call of which these are the options that were given.
     *
     * @param parsed of the command {@code simulate}
     */
    static StudyCall of(ParseResult parsed) {
        CommandSpec known = new CommandLine(new SimulateCommand()).getCommandSpec();
        List<String> options = new ArrayList<>();
        for (OptionSpec option : parsed.matchedOptions()) {
            if (known.findOption(option.longestName()) != null) {
                boolean flag = option.arity().max() == 0;
                option.originalStringValues()
                        .forEach(
                                value ->
                                        options.add(
                                                option.longestName() + (flag ? "" : "=" + value)));
            }
        }
        return new StudyCall(options);
    }

    /**
     * Looks whether a value of {@code --prediction} is one.
     *
     * @throws IllegalArgumentException naming the choices
     */
    public static void checkPrediction(String prediction) {
        Foresight.parse(prediction);
    }

    /** The same with another value of an option, which may have had one. */
    public StudyCall with(String option, String value) {
        List<String> more = new ArrayList<>(options);
        more.add(option);
        more.add(value);
        return new StudyCall(more);
    }

    /**
     * What it asks for.
     *
     * @throws IllegalArgumentException naming what makes no sense, and the choices
     */
    Plan plan() {
        return plan(TraceOpener.FILES);
    }

    private Plan plan(TraceOpener traces) {
        SimulateCommand command = new SimulateCommand(traces);
        try {
            new CommandLine(command)
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .setOverwrittenOptionsAllowed(true)
                    .parseArgs(options.toArray(String[]::new));
            return command.plan();
        } catch (ParameterException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * Finds out whether it can be run.
     *
     * @throws IllegalArgumentException naming what makes no sense, and the choices
     */
    public void check() {
        plan();
    }

    /**
     * Runs it.
     *
     * @param threads runs at the same time
     * @return one summary for each policy, in the order in which they were given
     * @throws IllegalArgumentException naming what makes no sense, and the choices
     */
    public List<Summary> run(int threads) {
        return run(threads, TraceOpener.FILES);
    }

    /**
     * Runs it on traces that come from somewhere else.
     *
     * @param threads runs at the same time
     * @param traces where traces come from
     * @return one summary for each policy, in the order in which they were given
     * @throws IllegalArgumentException naming what makes no sense, and the choices
     */
    public List<Summary> run(int threads, TraceOpener traces) {
        RunListener nobody = result -> {};
        return new ParallelRuns(
                        new ParallelRuns.Effort(threads, 0),
                        (point, policy, seed) -> nobody,
                        () -> {})
                .all(List.of(new Point(Map.of(), plan(traces))));
    }

    /** As it is written in a shell. */
    @Override
    public String toString() {
        return "./sluice simulate " + String.join(" ", options);
    }
}

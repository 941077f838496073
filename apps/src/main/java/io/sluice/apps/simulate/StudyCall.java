package io.sluice.apps.simulate;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

import java.util.ArrayList;
import java.util.List;

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
        SimulateCommand command = new SimulateCommand();
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
        Plan plan = plan();
        return new ParallelRuns(plan.study(), threads, RequestCsv.none())
                .all(plan.policies(), plan.seeds());
    }

    /** As it is written in a shell. */
    @Override
    public String toString() {
        return "./sluice simulate " + String.join(" ", options);
    }
}

package io.sluice.apps.chaos;

import io.sluice.apps.cli.CommandException;
import io.sluice.sim.protocol.Explanation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Scenarios in files. */
final class ScenarioFiles {

    private ScenarioFiles() {}

    /**
     * Keeps the scenario of a seed that breaks a promise.
     *
     * @return where
     * @throws CommandException if it cannot be written
     */
    static Path keep(Path folder, long seed, Explanation explanation) {
        Path file = folder.resolve("chaos-seed-%d.scenario".formatted(seed));
        try {
            Files.createDirectories(folder);
            return Files.writeString(file, explanation.scenario());
        } catch (IOException e) {
            throw new CommandException(
                    "cannot write the scenario of seed %d to %s: %s; name another folder with --save"
                            .formatted(seed, file, e),
                    e);
        }
    }

    /**
     * Runs the scenario of a file.
     *
     * @throws CommandException naming the file and what is wrong with it
     */
    static Explanation explain(Path file) {
        try {
            return Explanation.ofScenario(Files.readString(file));
        } catch (IOException e) {
            throw new CommandException("cannot read --replay %s: %s".formatted(file, e), e);
        } catch (IllegalArgumentException e) {
            throw new CommandException("--replay %s: %s".formatted(file, e.getMessage()), e);
        }
    }
}

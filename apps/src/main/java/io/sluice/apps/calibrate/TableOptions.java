package io.sluice.apps.calibrate;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.nio.file.Path;

/** Which table of step times, and which part of it. */
final class TableOptions {
    @Option(
            names = "--profile-table",
            paramLabel = "FILE",
            description =
                    "A table of step times: of whole steps (columns prompt_size, batch_size, token_size, prompt_time,"
                            + " token_time in ms, or prefill_tokens, decodes, context_tokens, ms), of operators (the _dense"
                            + " file, with _attention and _per_sequence beside it), or of fitted coefficients (JSON by model"
                            + " and parallelism).")
    @Nullable Path file;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "Rows of this model; in a measured run, the model's name.")
    @Nullable String model;

    @Option(names = "--tp", paramLabel = "N", description = "Rows of this tensor parallelism.")
    @Nullable Integer tensorParallelism;

    @Option(
            names = "--layers",
            paramLabel = "N",
            description = "Layers of the model; needed for tables of operators.")
    @Nullable Integer layers;
}

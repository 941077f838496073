package io.sluice.jobs.io;

import org.jspecify.annotations.Nullable;

/**
 * Why a record is of no use.
 *
 * @param stage step that could not go on with it, such as {@code decode}
 * @param errorClass simple class name of the error
 * @param message what was wrong, for people
 * @param schemaFingerprint fingerprint in its header, or null where none could be read
 */
public record Failure(
        String stage, String errorClass, String message, @Nullable Long schemaFingerprint) {}

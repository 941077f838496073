package io.sluice.jobs.flow;

import io.sluice.core.model.Release;

/**
 * A release on its way to the hand-backs topic.
 *
 * @param release the release
 * @param atMillis when it was sent
 */
public record ReleaseMessage(Release release, long atMillis) {}

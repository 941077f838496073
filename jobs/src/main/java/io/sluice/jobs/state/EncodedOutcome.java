package io.sluice.jobs.state;

/**
 * An outcome as it goes into the topic. Kept encoded, because an outcome that is written again
 * after a restore must be the same to the byte.
 *
 * @param key record key
 * @param value encoded outcome
 * @param checkpointId checkpoint that was the last one begun when it was settled
 */
public record EncodedOutcome(byte[] key, byte[] value, long checkpointId) {

    /** The same outcome, settled after another checkpoint. */
    public EncodedOutcome after(long newCheckpointId) {
        return new EncodedOutcome(key, value, newCheckpointId);
    }
}

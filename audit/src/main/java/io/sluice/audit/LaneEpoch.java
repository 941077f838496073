package io.sluice.audit;

import org.apache.avro.generic.GenericRecord;

/**
 * A lane in one attempt of the job: what it says, it says by one clock and in one order.
 *
 * @param instance the instance whose lane it is
 * @param epoch number of the attempt
 */
record LaneEpoch(String instance, long epoch) {

    /** The lane that wrote a record. */
    static LaneEpoch of(GenericRecord record) {
        return new LaneEpoch(Fields.text(record, "instance_id"), Fields.number(record, "epoch"));
    }
}

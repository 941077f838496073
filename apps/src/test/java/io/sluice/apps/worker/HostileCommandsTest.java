package io.sluice.apps.worker;

import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.HostileRecords;
import io.sluice.schemas.avro.DispatchCommand;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A worker on hostile records: each is a command, or refused by one of two known errors. */
class HostileCommandsTest {

    private int understood;

    @Test
    void everyRecordIsUnderstoodOrRefused() {
        AvroCodec<DispatchCommand> codec = AvroCodec.of(DispatchCommand.class);
        HostileRecords.feed(
                DispatchCommand.class,
                value -> {
                    try {
                        CommandMapping.command(codec.decode(value), 1);
                        understood++;
                    } catch (DecodeException | IllegalArgumentException refused) {
                        assertThat(refused.getMessage()).isNotBlank();
                    }
                });
        assertThat(understood).isPositive();
    }
}

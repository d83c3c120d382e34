package dev.lexstream.codec;

import dev.lexstream.event.TextEvent;
import java.util.OptionalInt;

/** What all formats have in common: a value has to be there, and what is made of it has to satisfy {@link EventRules}. */
final class CheckedEventDecoder implements EventDecoder {
    private final EventDecoder format;

    /** @param format decodes values that are not null into events that may break rules */
    CheckedEventDecoder(EventDecoder format) {
        this.format = format;
    }

    @Override
    public TextEvent decode(InputRecord record) {
        if (record.value() == null) {
            throw new UndecodableEventException("value is null (a tombstone); allowed is a text event");
        }
        var event = format.decode(record);
        EventRules.check(event);
        return event;
    }

    @Override
    public OptionalInt unknownSchema(byte[] value) {
        return format.unknownSchema(value);
    }
}

package dev.lexstream.codec;

import dev.lexstream.event.TextEvent;
import dev.lexstream.event.Utf8;
import java.util.Map;
import java.util.Optional;

/** The whole value as the text, in UTF-8; topic, partition and offset as the id. Checks no rules. */
final class PlainTextDecoder implements EventDecoder {

    @Override
    public TextEvent decode(InputRecord record) {
        try {
            String text = Utf8.decode(record.value(), 0, record.value().length);
            return new TextEvent(
                    record.id(),
                    Map.of(TextEvent.TEXT, text),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    record.envelope());
        } catch (Utf8.MalformedException e) {
            throw new UndecodableEventException("value is " + e.getMessage() + "; allowed is text in UTF-8", e);
        }
    }
}

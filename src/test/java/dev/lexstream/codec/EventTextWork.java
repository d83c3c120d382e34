package dev.lexstream.codec;

import dev.lexstream.event.Attribute;
import dev.lexstream.event.Envelope;
import dev.lexstream.event.TextEvent;
import dev.lexstream.growth.TextWork;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What this room does with texts. */
public final class EventTextWork {

    private EventTextWork() {}

    public static List<TextWork> all() {
        return List.of(new TextWork("EventRules", EventTextWork::check));
    }

    private static void check(String text) {
        try {
            EventRules.check(new TextEvent(
                    text,
                    Map.of("text", text, "other", text),
                    Optional.of(text),
                    Optional.of(text),
                    Optional.empty(),
                    Map.of(text, Attribute.of(text)),
                    Envelope.NONE));
        } catch (UndecodableEventException e) {
            // nothing visible, or lone surrogates
        }
    }
}

package dev.lexstream.event;

import dev.lexstream.avro.TextEvent;
import dev.lexstream.growth.TextWork;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What this room does with texts. */
public final class EventTextWork {

    private EventTextWork() {}

    public static List<TextWork> all() {
        return List.of(new TextWork("EventRules", EventTextWork::check));
    }

    private static void check(String text) {
        try {
            EventRules.check(new TextEvent(text, text, text, text, Instant.EPOCH, Map.of(text, text)));
        } catch (UndecodableEventException e) {
            // nothing visible, or lone surrogates
        }
    }
}

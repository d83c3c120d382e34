package dev.lexstream.codec;

import dev.lexstream.event.TextEvent;
import dev.lexstream.event.Visible;
import java.util.ArrayList;
import java.util.List;

/** What an event must satisfy beyond its format, whichever that is. Names of texts are those of a format, not of its data. */
final class EventRules {
    private EventRules() {}

    /** @throws UndecodableEventException naming every rule the event breaks */
    static void check(TextEvent event) {
        var problems = new ArrayList<String>();
        if (event.id().isEmpty()) {
            problems.add("id is empty");
        }
        var main = event.texts().entrySet().iterator().next();
        if (main.getValue().isEmpty()) {
            problems.add(main.getKey() + " is empty");
        } else if (!Visible.in(main.getValue())) {
            problems.add("%s has %d code points, none of them visible"
                    .formatted(main.getKey(), main.getValue().codePoints().count()));
        }
        requireWellFormed("id", event.id(), problems);
        event.texts().forEach((name, text) -> requireWellFormed(name, text, problems));
        event.language().ifPresent(language -> requireWellFormed("language", language, problems));
        event.source().ifPresent(source -> requireWellFormed("source", source, problems));
        event.attributes().forEach((name, value) -> {
            requireWellFormed("name of an attribute", name, problems);
            requireWellFormed("value of an attribute", value.asText(), problems);
        });
        if (!problems.isEmpty()) {
            throw new UndecodableEventException(String.join("; ", problems)
                    + "; allowed are a non-empty id, a text with a visible code point and well-formed Unicode");
        }
    }

    private static void requireWellFormed(String what, String value, List<String> problems) {
        if (hasLoneSurrogate(value)) {
            problems.add(what + " has a lone surrogate");
        }
    }

    private static boolean hasLoneSurrogate(String value) {
        int codePoint;
        for (int i = 0; i < value.length(); i += Character.charCount(codePoint)) {
            codePoint = value.codePointAt(i); // of a pair both, so that a surrogate is alone
            if (Character.getType(codePoint) == Character.SURROGATE) {
                return true;
            }
        }
        return false;
    }
}

package dev.lexstream.plan.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names with a hyphen, which is a minus unless the name is in backquotes. Immutable. */
final class Hyphens {

    private static final Pattern NAME = Pattern.compile(
            "\\b(stages|attributes|headers|texts)\\s*\\.\\??\\s*([A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)+)");

    private final List<Found> all = new ArrayList<>();

    Hyphens(String text) {
        Matcher matcher = NAME.matcher(text);
        while (matcher.find()) {
            all.add(new Found(
                    text.codePointCount(0, matcher.start()),
                    text.codePointCount(0, matcher.start(2)),
                    text.codePointCount(0, matcher.end(2)),
                    matcher.group(1) + ".`" + matcher.group(2) + "`"));
        }
    }

    /** The name, if a mistake at an offset comes from one. */
    Optional<Found> at(int offset) {
        return all.stream()
                .filter(found -> found.start() <= offset && offset < found.end())
                .findFirst();
    }

    /**
     * A name with a hyphen and without backquotes. All offsets are in code points.
     *
     * @param start of the variable before it
     * @param offset of the name
     * @param end after the name
     * @param instead how it is written
     */
    record Found(int start, int offset, int end, String instead) {
        String message() {
            return "'-' is a minus here; a name with a hyphen is written in backquotes: " + instead;
        }
    }
}

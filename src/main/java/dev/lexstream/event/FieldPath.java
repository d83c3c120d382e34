package dev.lexstream.event;

import java.util.ArrayList;
import java.util.List;

/**
 * A place within a record, such as {@code body.text}, {@code tags[0]}, {@code messages[*].text} or {@code "odd.name".text}: names
 * of fields, members or keys, positions in lists, and {@code [*]} for each element of one. A name of other characters than
 * letters, digits, {@code _}, {@code -}, {@code $} and {@code @} is in double quotes, where {@code \} goes before a quote and
 * before itself. Immutable.
 *
 * @param steps from the record to the place, one or more
 */
public record FieldPath(List<Step> steps) {

    /** One step. */
    public sealed interface Step {}

    /** To the field, member or key of a name. */
    public record Name(String name) implements Step {}

    /** To an element, from 0. */
    public record Index(int index) implements Step {}

    /** To each element. */
    public record Each() implements Step {}

    /** @throws IllegalArgumentException when there is no step */
    public FieldPath {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a path has one step or more");
        }
    }

    /** The path to fields by their names. */
    public static FieldPath of(String... names) {
        List<Step> steps = new ArrayList<>();
        for (String name : names) {
            steps.add(new Name(name));
        }
        return new FieldPath(steps);
    }

    /**
     * Reads a path as it is written.
     *
     * @throws IllegalArgumentException saying what was found where, and what is allowed
     */
    public static FieldPath parse(String path) {
        return new FieldPath(new Parser(path).steps());
    }

    /** Whether it leads to each element of a list. */
    public boolean isMany() {
        return steps.stream().anyMatch(Each.class::isInstance);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            if (step instanceof Name name) {
                text.append(text.isEmpty() ? "" : ".").append(written(name.name()));
            } else {
                text.append(step instanceof Index index ? "[" + index.index() + "]" : "[*]");
            }
        }
        return text.toString();
    }

    private static String written(String name) {
        boolean plain = !name.isEmpty() && name.codePoints().allMatch(Parser::isPlain);
        return plain ? name : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Reads one path. */
    private static final class Parser {

        private final String path;
        private int at;

        private Parser(String path) {
            this.path = path;
        }

        private static boolean isPlain(int character) {
            return Character.isLetterOrDigit(character) || "_-$@".indexOf(character) >= 0;
        }

        private List<Step> steps() {
            List<Step> steps = new ArrayList<>();
            steps.add(name());
            while (at < path.length()) {
                if (path.charAt(at) == '[') {
                    at++;
                    steps.add(element());
                } else if (path.charAt(at) == '.') {
                    at++;
                    steps.add(name());
                } else {
                    throw unexpected("allowed are '.', '[' and the end");
                }
            }
            return steps;
        }

        private Name name() {
            if (at < path.length() && path.charAt(at) == '"') {
                at++;
                return quoted();
            }
            int start = at;
            while (at < path.length() && isPlain(path.codePointAt(at))) {
                at += Character.charCount(path.codePointAt(at));
            }
            if (start == at) {
                throw unexpected(
                        "allowed is a name: letters, digits, '_', '-', '$' and '@', or anything in double quotes");
            }
            return new Name(path.substring(start, at));
        }

        private Name quoted() {
            StringBuilder name = new StringBuilder();
            for (; at < path.length() && path.charAt(at) != '"'; at++) {
                if (path.charAt(at) == '\\') {
                    at++;
                    if (at == path.length() || "\\\"".indexOf(path.charAt(at)) < 0) {
                        throw unexpected("allowed after '\\' are '\"' and '\\'");
                    }
                }
                name.append(path.charAt(at));
            }
            if (at == path.length()) {
                throw unexpected("allowed is a closing double quote");
            }
            at++;
            return new Name(name.toString());
        }

        private Step element() {
            int end = path.indexOf(']', at);
            String inside = end < 0 ? "" : path.substring(at, end);
            if (!inside.equals("*") && !inside.matches("\\d{1,9}")) {
                throw unexpected("allowed are a position from 0 and '*', then ']'");
            }
            at = end + 1;
            return inside.equals("*") ? new Each() : new Index(Integer.parseInt(inside));
        }

        private IllegalArgumentException unexpected(String allowed) {
            String found = at < path.length()
                    ? "'" + Character.toString(path.codePointAt(at)) + "' at character "
                            + (path.codePointCount(0, at) + 1)
                    : "the end after " + path.codePointCount(0, path.length()) + " characters";
            return new IllegalArgumentException("found " + found + "; " + allowed);
        }
    }
}

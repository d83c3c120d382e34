package dev.lexstream.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is wrong with one file, gathered so that all of it is named at once, each setting once. Knows the lines of settings.
 * Not thread-safe.
 */
final class Problems {

    private static final int MAX_VALUE_SHOWN = 200;

    /** What is shorter, and not the whole of what was found, would be found in any sentence. */
    private static final int SHORTEST_SECRET = 3;

    private final Map<String, Integer> lines = new HashMap<>();
    private final List<Hidden> hidden = new ArrayList<>();
    private final Set<String> wrong = new HashSet<>();
    private final List<Located> found = new ArrayList<>();

    private record Hidden(String path, String value, String written) {}

    private record Located(int line, ConfigProblem problem) {}

    /** The path of a key of a mapping. */
    static String key(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The path of an item of a list. */
    static String item(String path, int index) {
        return path + "[" + index + "]";
    }

    /** Notes the line of a value; returns the one noted before, or 0. */
    int locate(String path, int line) {
        Integer earlier = lines.put(path, line);
        return earlier == null ? 0 : earlier;
    }

    /** A value from the environment, which may be secret, is shown as it is written in the file. */
    void hide(String path, String value, String written) {
        hidden.add(new Hidden(path, value, written));
    }

    /** Notes a problem with a setting that has none. */
    void add(String path, String what, String allowed) {
        add(path, what, allowed, Integer.MAX_VALUE);
    }

    /** As {@link #add}, where what is wrong is just the value, of any length. */
    void addValue(String path, String value, String allowed) {
        add(path, value, allowed, MAX_VALUE_SHOWN);
    }

    private void add(String path, String what, String allowed, int maxShown) {
        if (wrong.add(path)) {
            boolean located = lines.containsKey(path) || path.endsWith("]");
            String where = located ? path + " (line " + lineNear(path) + ")" : path;
            found.add(new Located(lineNear(path), new ConfigProblem(where, shown(path, what, maxShown), allowed)));
        }
    }

    /** Notes a problem with the document. */
    void addAtLine(int line, String what, String allowed) {
        found.add(new Located(line, new ConfigProblem("line " + line, what, allowed)));
    }

    /** Whether a setting is in the file and nothing is wrong with it. */
    boolean isGiven(String path) {
        return lines.containsKey(path) && !wrong.contains(path);
    }

    /** Whether a problem with this setting, or one below it, is noted. */
    boolean isWrong(String path) {
        return wrong.stream().anyMatch(each -> isWithin(each, path));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** In the order of the file; what is missing is at the beginning of its section, or at the end without one. */
    List<ConfigProblem> inOrder() {
        return found.stream()
                .sorted(Comparator.comparingInt(Located::line))
                .map(Located::problem)
                .toList();
    }

    private int lineNear(String path) {
        String near = path;
        while (!lines.containsKey(near) && !near.isEmpty()) {
            near = near.substring(0, Math.max(0, Math.max(near.lastIndexOf('.'), near.lastIndexOf('['))));
        }
        return lines.getOrDefault(near, Integer.MAX_VALUE);
    }

    private String shown(String path, String what, int maxShown) {
        String text = what;
        for (Hidden each : hidden) {
            boolean concerned = isWithin(each.path(), path) || isWithin(path, each.path());
            if (concerned
                    && (each.value().length() >= SHORTEST_SECRET || each.value().equals(what))) {
                text = text.replace(each.value(), each.written());
            }
        }
        text = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return text.isEmpty() ? "a blank text" : text.substring(0, Math.min(text.length(), maxShown));
    }

    private static boolean isWithin(String path, String section) {
        return path.equals(section) || path.startsWith(section + ".") || path.startsWith(section + "[");
    }
}

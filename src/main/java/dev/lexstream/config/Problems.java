package dev.lexstream.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects the problems of one file, at most one for each setting. Adds the lines of settings, and hides values from the
 * environment. Settings are named by their paths, such as {@code stages[0].name}. Not thread-safe.
 */
final class Problems {

    private static final int MAX_VALUE_SHOWN = 200;

    /** Shorter values are part of many sentences, and are replaced only where they are all that was found. */
    private static final int SHORTEST_SECRET = 3;

    private final Map<String, Integer> lines = new HashMap<>();
    private final List<Hidden> hidden = new ArrayList<>();
    private final Set<String> wrong = new HashSet<>();
    private final List<Located> found = new ArrayList<>();

    private record Hidden(String path, String value, String written) {}

    private record Located(int line, ConfigProblem problem) {}

    /** The path of a key in the mapping at a path. */
    static String key(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The path of an item in the list at a path. */
    static String item(String path, int index) {
        return path + "[" + index + "]";
    }

    /** Notes the line of a setting. Returns the line that was noted before, or 0. */
    int locate(String path, int line) {
        Integer earlier = lines.put(path, line);
        return earlier == null ? 0 : earlier;
    }

    /** Has a value from the environment, which may be secret, shown as it is written in the file. */
    void hide(String path, String value, String written) {
        hidden.add(new Hidden(path, value, written));
    }

    /** Adds a problem of a setting, unless the setting has one already. */
    void add(String path, String what, String allowed) {
        add(path, what, allowed, Integer.MAX_VALUE);
    }

    /** As {@link #add}, for a value of any length, which is cut in the message. */
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

    /** Adds a problem of the document, which concerns no setting. */
    void addAtLine(int line, String what, String allowed) {
        found.add(new Located(line, new ConfigProblem("line " + line, what, allowed)));
    }

    /** Whether the file has a setting, without a problem. */
    boolean isGiven(String path) {
        return lines.containsKey(path) && !wrong.contains(path);
    }

    /** Whether a setting, or one below it, has a problem. */
    boolean isWrong(String path) {
        return wrong.stream().anyMatch(each -> isWithin(each, path));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /**
     * All problems in the order of the file. A missing key comes first in its section, or last when the section is
     * missing.
     */
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

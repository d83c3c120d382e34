package dev.lexstream.nlp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Strings with ids. Id 0 is padding and id 1 stands for everything unknown. In a file, one entry a line: line 1 is id 2.
 */
public final class Vocabulary {

    /** The id of padding. */
    public static final int PADDING = 0;
    /** The id of every entry that is not in the vocabulary. */
    public static final int UNKNOWN = 1;

    private static final int RESERVED = 2;

    private final List<String> entries;
    private final Map<String, Integer> ids;

    /** @param entries distinct, in the order of their ids, which start at 2 */
    public Vocabulary(List<String> entries) {
        this.entries = List.copyOf(entries);
        this.ids = new HashMap<>(entries.size() * 2);
        for (String entry : entries) {
            if (ids.put(entry, ids.size() + RESERVED) != null) {
                throw new IllegalArgumentException("vocabulary entries must differ, found '" + entry + "' twice");
            }
        }
    }

    /** Reads a vocabulary file. */
    public static Vocabulary read(Path file) throws IOException {
        String text = Files.readString(file);
        List<String> entries = new ArrayList<>();
        int begin = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', begin)) {
            entries.add(text.substring(begin, end));
            begin = end + 1;
        }
        try {
            return new Vocabulary(entries);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    public void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        entries.forEach(entry -> text.append(entry).append('\n'));
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    /** The id of an entry, or {@link #UNKNOWN}. */
    public int id(String entry) {
        return ids.getOrDefault(entry, UNKNOWN);
    }

    /** Number of ids, the two reserved ones included. */
    public int size() {
        return entries.size() + RESERVED;
    }
}

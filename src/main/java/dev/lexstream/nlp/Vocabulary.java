package dev.lexstream.nlp;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Strings with ids. Id 0 is padding and id 1 stands for everything unknown. Immutable. */
public final class Vocabulary {

    /** The id of padding. */
    public static final int PADDING = 0;
    /** The id of every entry that is not in the vocabulary. */
    public static final int UNKNOWN = 1;
    /** How many ids are not those of entries. */
    public static final int RESERVED = 2;

    static final String PADDING_ENTRY = "<pad>";
    static final String UNKNOWN_ENTRY = "<unk>";

    private final List<String> entries;
    private final Map<String, Integer> ids;
    private final int[] asciiIds = new int[128];

    /** @param entries distinct, in the order of their ids, which start at 2 */
    public Vocabulary(List<String> entries) {
        this.entries = List.copyOf(entries);
        this.ids = new HashMap<>(entries.size() * 2);
        for (String entry : entries) {
            if (ids.put(entry, ids.size() + RESERVED) != null
                    || entry.equals(PADDING_ENTRY)
                    || entry.equals(UNKNOWN_ENTRY)) {
                throw new IllegalArgumentException("vocabulary entries must differ, found '" + entry + "' twice");
            }
        }
        Arrays.setAll(asciiIds, character -> id(Character.toString(character)));
    }

    /**
     * The entries that were counted often enough, the most frequent first.
     *
     * @param counts by entry
     * @param minCount entries seen less often are left out
     * @param most entries at most
     */
    public static Vocabulary of(Map<String, Integer> counts, int minCount, int most) {
        Map<String, Integer> candidates = new HashMap<>(counts);
        candidates.remove(PADDING_ENTRY);
        candidates.remove(UNKNOWN_ENTRY);
        return new Vocabulary(candidates.entrySet().stream()
                .filter(entry -> entry.getValue() >= minCount)
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList());
    }

    /** The id of an entry, or {@link #UNKNOWN}. */
    public int id(String entry) {
        return ids.getOrDefault(entry, UNKNOWN);
    }

    /** The id of an entry of one code point, or {@link #UNKNOWN}. */
    public int id(int codePoint) {
        return codePoint < asciiIds.length ? asciiIds[codePoint] : id(Character.toString(codePoint));
    }

    /** All ids by entry, the reserved ones included, in their order. */
    Map<String, Integer> ids() {
        Map<String, Integer> all = new LinkedHashMap<>();
        all.put(PADDING_ENTRY, PADDING);
        all.put(UNKNOWN_ENTRY, UNKNOWN);
        entries.forEach(entry -> all.put(entry, all.size()));
        return all;
    }

    /** All entries in the order of their ids, the reserved ones included. */
    public List<String> all() {
        return List.copyOf(ids().keySet());
    }

    /** Number of ids, the two reserved ones included. */
    public int size() {
        return entries.size() + RESERVED;
    }
}

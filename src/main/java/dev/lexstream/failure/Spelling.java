package dev.lexstream.failure;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a misspelt one was meant to be. */
public final class Spelling {

    private Spelling() {}

    /**
     * The known name that differs in the fewest edits. Empty when more than a third of its letters would have to change.
     */
    public static Optional<String> nearest(String name, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String candidate) -> edits(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(candidate -> edits(name, candidate) <= Math.max(1, candidate.length() / 3));
    }

    /** {@code  (did you mean 'label'?)} where a known name is near enough, else nothing. */
    public static String hint(String name, Collection<String> known) {
        return nearest(name, known)
                .map(near -> " (did you mean '" + near + "'?)")
                .orElse("");
    }

    /** The Damerau-Levenshtein distance: two swapped letters are one edit. Case and kind of separator do not count. */
    private static int edits(String given, String wanted) {
        String a = normal(given);
        String b = normal(wanted);
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                edits[i][j] = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    edits[i][j] = Math.min(edits[i][j], 1 + edits[i - 2][j - 2]);
                }
            }
        }
        return edits[a.length()][b.length()];
    }

    private static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
    }
}

package dev.lexstream.app.check;

import java.util.Collection;
import java.util.stream.Collectors;

/** How findings are worded. */
final class Words {

    private static final int MOST_NAMES = 20;

    private Words() {}

    /** Such as {@code 1 stage} or {@code 2 stages}. */
    static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** Separated by commas; of many the first. */
    static String names(Collection<String> names) {
        int more = names.size() - MOST_NAMES;
        return names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }
}

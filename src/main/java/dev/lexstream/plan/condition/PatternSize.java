package dev.lexstream.plan.condition;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * Checks regular expressions before they are compiled for good: RE2 writes repetitions out, so that {@code (a{1000}){1000}} needs a
 * million instructions. Syntax: <a href="https://github.com/google/re2/wiki/Syntax">RE2</a>.
 */
final class PatternSize {

    private static final java.util.regex.Pattern REPETITION =
            java.util.regex.Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?\\}");

    private final Deque<Long> outer = new ArrayDeque<>();
    private long size;
    private long last;
    private int depth;

    private PatternSize() {}

    /** What is wrong with a regular expression, if anything. */
    static Optional<String> problem(String regex) {
        PatternSize estimate = new PatternSize();
        if (estimate.of(regex) > Limits.PATTERN) {
            return Optional.of("this regular expression has more than %,d steps once its repetitions are written out"
                    .formatted(Limits.PATTERN));
        } else if (estimate.depth > Limits.DEPTH) {
            return Optional.of("this regular expression is nested too deeply: at most %d levels are allowed"
                    .formatted(Limits.DEPTH));
        }
        try {
            Pattern.compile(regex);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("not a regular expression of RE2: " + e.getMessage());
        }
    }

    /** The number of steps, or more: what is in brackets counts by its characters. */
    private long of(String regex) {
        Matcher repetition = REPETITION.matcher(regex);
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c == '{' && repetition.region(i, regex.length()).lookingAt()) {
                repeat(repetition);
                i = repetition.end() - 1;
            } else if (c == '(') {
                outer.push(size);
                depth = Math.max(depth, outer.size());
                size = 0;
                last = 0;
            } else if (c == ')' && !outer.isEmpty()) {
                last = size + 2;
                size = outer.pop() + last;
            } else {
                i += c == '\\' ? 1 : 0;
                last = 1;
                size++;
            }
        }
        return size;
    }

    private void repeat(Matcher repetition) {
        String most = repetition.group(2);
        long times = Long.parseLong(most == null || most.isEmpty() ? repetition.group(1) : most);
        // a sum that overflows would pass for a small one
        long added = Math.min(Limits.PATTERN + 1L, last) * Math.max(0, times - 1);
        size = Math.min(Integer.MAX_VALUE, size + added);
        last += added;
    }
}

package dev.lexstream.plan.condition;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says which types an operator or a function does not take. */
final class OperatorWords {

    private static final Pattern OVERLOAD = Pattern.compile(
            "found no matching overload for '(.*)' applied to '(.*)' \\(candidates: (.*)\\)", Pattern.DOTALL);
    private static final Pattern RESULT = Pattern.compile("expected type 'bool' but found '(.*)'");

    private static final Set<String> SAME_TYPES = Set.of("==", "!=", "in", "? :");

    /** More candidates than these would not be read. */
    private static final int MANY = 120;

    private OperatorWords() {}

    static String of(String message) {
        Matcher result = RESULT.matcher(message);
        Matcher overload = OVERLOAD.matcher(message);
        if (result.matches()) {
            return "a condition has to be true or false, found " + Struct.plain(result.group(1));
        } else if (overload.matches()) {
            return overload(overload.group(1), Struct.plain(overload.group(2)), Struct.plain(overload.group(3)));
        }
        return message;
    }

    private static String overload(String function, String found, String candidates) {
        boolean lookUp = function.equals("_[_]") || function.equals("_[?_]");
        if (lookUp && found.startsWith("(" + Variables.STAGES + ",")) {
            return "stages are named, as in stages.NAME, and not looked up in brackets";
        } else if (lookUp && found.startsWith("(" + Variables.ATTRIBUTES + ",")) {
            return "declared attributes are named, as in attributes.NAME, and not looked up in brackets";
        } else if (function.equals("_+_") && joins(found)) {
            return "'+' adds numbers and times; joining texts, bytes or lists is not allowed, as the result may grow without "
                    + "bounds";
        }
        String operator = operator(function);
        String start = "'%s' does not take %s".formatted(operator.isEmpty() ? function : operator, found);
        if (SAME_TYPES.contains(operator)) {
            return start + ": the types have to be the same";
        }
        // type parameters would need an explanation
        return candidates.contains("%") || candidates.length() > MANY
                ? start
                : start + ", but " + candidates.replace("),(", ") or (");
    }

    private static boolean joins(String found) {
        String lower = found.toLowerCase(Locale.ROOT);
        return lower.contains("string") || lower.contains("bytes") || lower.contains("list(");
    }

    /** The operator that a function's name stands for, such as {@code >} for {@code _>_}; empty for other functions. */
    private static String operator(String function) {
        return switch (function) {
            case "_?_:_" -> "? :";
            case "@in" -> "in";
            case "_[_]", "_[?_]" -> "[]";
            default -> {
                String symbols = function.replace("_", "");
                yield symbols.chars().noneMatch(Character::isLetter) ? symbols : "";
            }
        };
    }
}

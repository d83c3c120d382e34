package dev.lexstream.plan.condition;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what keeps an expression from being read. */
final class SyntaxWords {

    private static final Pattern UNEXPECTED = Pattern.compile(
            "(?:mismatched input|extraneous input|no viable alternative at input) '(.*?)'(?: expecting .*)?",
            Pattern.DOTALL);
    private static final Pattern MISSING = Pattern.compile("missing (.*) at '.*'", Pattern.DOTALL);
    private static final Pattern UNREADABLE = Pattern.compile("token recognition error at: '(.*)'", Pattern.DOTALL);
    private static final Pattern RESERVED = Pattern.compile("reserved identifier: (.*)");

    private SyntaxWords() {}

    static String of(String message) {
        Matcher unexpected = UNEXPECTED.matcher(message);
        Matcher missing = MISSING.matcher(message);
        Matcher unreadable = UNREADABLE.matcher(message);
        Matcher reserved = RESERVED.matcher(message);
        if (unexpected.matches()) {
            return unexpected.group(1).equals("<EOF>")
                    ? "the expression ends too early"
                    : "'" + unexpected.group(1) + "' is not expected here";
        } else if (missing.matches()) {
            return missing.group(1) + " is missing";
        } else if (unreadable.matches()) {
            return unreadable(unreadable.group(1));
        } else if (reserved.matches()) {
            return "'" + reserved.group(1) + "' is a reserved word of CEL and cannot be a name";
        } else if (message.contains("recursion limit")) {
            return "the expression is nested too deeply: at most %d levels are allowed".formatted(Limits.DEPTH);
        } else if (message.equals("invalid argument to has() macro")) {
            return "has takes one field, as in has(attributes.x)";
        } else if (message.equals("The argument must be a simple name")) {
            return "all, exists and exists_one take the name of a variable first, as in tags.exists(t, t.score > 0.5)";
        } else if (message.startsWith("For input string")) {
            return "this number is larger than 64 bits";
        } else if (message.equals("Invalid unicode code point")) {
            return "this text has an escape that is no character of Unicode";
        }
        return message;
    }

    private static String unreadable(String found) {
        if (found.strip().equals("=")) {
            return "'=' is no operator: did you mean '=='?";
        } else if (found.startsWith("\"") || found.startsWith("'")) {
            return "this text has no end or an escape that CEL does not know";
        } else if (found.strip().equals("&") || found.strip().equals("|")) {
            return "'" + found.strip() + "' is no operator: did you mean '" + found.strip() + found.strip() + "'?";
        }
        return "'" + found.strip() + "' is not part of CEL";
    }
}

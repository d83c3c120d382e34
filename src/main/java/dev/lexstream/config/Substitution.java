package dev.lexstream.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces references to environment variables. {@code ${NAME}} stands for the variable's value and requires that the
 * variable is set. {@code ${NAME:text}} stands for {@code text} when the variable is not set. Two dollar signs before a
 * brace stand for one and begin no reference. References in the value of a variable are not replaced.
 */
final class Substitution {

    private static final Pattern REFERENCE = Pattern.compile(
            "\\$\\$\\{|\\$\\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::(?<text>[^}]*))?}|(?<malformed>\\$\\{)");

    private final Map<String, String> environment;

    Substitution(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * A value, or what is wrong with it.
     *
     * @param fromEnvironment whether a variable's value is part of the value, which may then be secret
     * @param problems empty when the value is usable; none of them holds a variable's value
     */
    record Result(String value, boolean fromEnvironment, List<String> problems) {}

    Result apply(String text) {
        List<String> problems = new ArrayList<>();
        boolean fromEnvironment = false;
        Matcher references = REFERENCE.matcher(text);
        StringBuilder value = new StringBuilder();
        while (references.find()) {
            String name = references.group("name");
            fromEnvironment |= name != null && environment.containsKey(name);
            references.appendReplacement(value, Matcher.quoteReplacement(value(references, problems)));
        }
        return new Result(references.appendTail(value).toString(), fromEnvironment, problems);
    }

    private String value(Matcher reference, List<String> problems) {
        String name = reference.group("name");
        if (reference.group("malformed") != null) {
            problems.add("${ that begins no ${NAME} or ${NAME:default}");
            return "";
        }
        if (name == null) {
            return "${";
        }
        String value = environment.getOrDefault(name, reference.group("text"));
        if (value == null) {
            problems.add("environment variable " + name + " is not set");
            return "";
        }
        return value;
    }
}

package dev.lexstream.plan.condition;

import dev.lexstream.failure.Spelling;
import java.util.List;
import java.util.Set;

/** The functions of conditions, and those of CEL that there are not. */
final class Functions {

    private static final List<String> NAMES = List.of(
            "all",
            "bool",
            "bytes",
            "charAt",
            "contains",
            "double",
            "duration",
            "dyn",
            "endsWith",
            "exists",
            "exists_one",
            "getDate",
            "getDayOfMonth",
            "getDayOfWeek",
            "getDayOfYear",
            "getFullYear",
            "getHours",
            "getMilliseconds",
            "getMinutes",
            "getMonth",
            "getSeconds",
            "has",
            "hasValue",
            "indexOf",
            "int",
            "lastIndexOf",
            "lowerAscii",
            "matches",
            "orValue",
            "size",
            "startsWith",
            "string",
            "substring",
            "timestamp",
            "trim",
            "type",
            "uint",
            "upperAscii",
            "value");

    /** Macros that make lists or bind variables, with which an expression could grow without bounds. */
    private static final Set<String> MACROS = Set.of(
            "map",
            "filter",
            "optMap",
            "optFlatMap",
            "bind",
            "transformList",
            "transformMap",
            "transformMapEntry",
            "sortBy");

    /** Macros that there are, when they are given the wrong number of arguments. */
    private static final Set<String> OURS = Set.of("all", "exists", "exists_one", "has");

    /** Functions of CEL's extensions whose results can be larger than what they are given. */
    private static final Set<String> GROWING =
            Set.of("join", "replace", "quote", "format", "split", "flatten", "range", "encode");

    private Functions() {}

    /** Whether this is a macro, so that what it is given can have variables of its own. */
    static boolean isMacro(String function) {
        return MACROS.contains(function) || OURS.contains(function);
    }

    /** Why there is no such function. */
    static String unknown(String name) {
        if (MACROS.contains(name)) {
            return "'" + name + "' is not allowed, as its result may grow without bounds; the macros are all, exists, "
                    + "exists_one and has";
        } else if (GROWING.contains(name)) {
            return "'" + name + "' is not allowed, as its result may grow without bounds";
        } else if (OURS.contains(name)) {
            return name.equals("has")
                    ? "has takes one field, as in has(attributes.x)"
                    : "'" + name + "' takes the name of a variable and a condition, as in stages.tag.tags." + name
                            + "(t, t.score > 0.5)";
        }
        return "no function '" + name + "'" + Spelling.hint(name, NAMES) + "; there are " + String.join(", ", NAMES);
    }
}

package dev.lexstream.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Typed access to one mapping of the pipeline file. Whatever is wrong becomes a problem, never an exception, so that one
 * pass finds all of them; the value is then empty.
 */
final class Section {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");
    private static final Pattern BYTES = Pattern.compile("(\\d{1,9})\\s*(KB|MB|GB)|0");
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final String ONE_VALUE = "allowed is a single value";

    private final String path;
    private final YamlNode.Mapping mapping;
    private final Substitution substitution;
    private final List<ConfigProblem> problems;
    private final TreeSet<String> known = new TreeSet<>();

    Section(String path, YamlNode.Mapping mapping, Substitution substitution, List<ConfigProblem> problems) {
        this.path = path;
        this.mapping = mapping;
        this.substitution = substitution;
        this.problems = problems;
    }

    Optional<String> text(String key) {
        return node(key).flatMap(node -> text(join(path, key), node, ONE_VALUE));
    }

    Optional<String> text(String key, Predicate<String> legal, String allowed) {
        return text(key).filter(text -> legal.test(text) || problem(key, text, allowed));
    }

    Optional<Integer> integer(String key, int least, int most) {
        String allowed = "allowed is a whole number from " + least + (most < Integer.MAX_VALUE ? " to " + most : "");
        return text(key).map(text -> {
            try {
                int value = Integer.parseInt(text.trim());
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // reported below, as a number out of range is
            }
            problem(key, text, allowed);
            return null;
        });
    }

    Optional<Boolean> bool(String key) {
        return text(key, text -> text.equals("true") || text.equals("false"), "allowed are true and false")
                .map(Boolean::parseBoolean);
    }

    /** A duration of a day at most. */
    Optional<Duration> duration(String key, Duration least) {
        return text(key).map(text -> {
            Matcher matcher = DURATION.matcher(text.trim());
            Duration value = matcher.matches() ? duration(matcher) : null;
            if (value == null || value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
                problem(
                        key,
                        text,
                        "allowed is a duration from " + least.toMillis() + "ms to " + LONGEST.toHours()
                                + "h, such as 5ms, 20s or 2m");
                return null;
            }
            return value;
        });
    }

    /** Bytes, in units of 1024, its square and its cube. */
    Optional<Long> bytes(String key) {
        return text(key).map(text -> {
            Matcher matcher = BYTES.matcher(text.trim());
            if (!matcher.matches()) {
                problem(key, text, "allowed are 0 and a size such as 512KB, 64MB or 1GB");
                return null;
            }
            return bytes(matcher);
        });
    }

    /** @param parse throws IllegalArgumentException for what is not allowed */
    <T> Optional<T> parsed(String key, Function<String, T> parse, String allowed) {
        return text(key).map(text -> {
            try {
                return parse.apply(text.trim());
            } catch (IllegalArgumentException e) {
                problem(key, text, allowed);
                return null;
            }
        });
    }

    /** A list of texts, or one text. */
    Optional<List<String>> texts(String key) {
        return node(key).map(node -> {
            List<String> texts = new ArrayList<>();
            List<YamlNode> items = node instanceof YamlNode.Sequence list ? list.items() : List.of(node);
            items.forEach(item ->
                    text(join(path, key), item, "allowed is a list of texts").ifPresent(texts::add));
            return texts;
        });
    }

    /** The keys of this section and their values, whatever the keys are; a list is joined by commas. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String name : mapping.entries().keySet()) {
            texts(name).ifPresent(values -> settings.put(name, String.join(",", values)));
        }
        return settings;
    }

    boolean has(String key) {
        return mapping.entries().containsKey(key);
    }

    /** A mapping below this one; an empty one when the key is missing or has no value. */
    Section section(String key) {
        YamlNode node = node(key).orElse(new YamlNode.Nothing(mapping.line()));
        if (!(node instanceof YamlNode.Mapping) && !(node instanceof YamlNode.Nothing)) {
            problem(key, node.kind(), "allowed is a mapping of keys");
        }
        YamlNode.Mapping below =
                node instanceof YamlNode.Mapping found ? found : new YamlNode.Mapping(node.line(), Map.of());
        return new Section(join(path, key), below, substitution, problems);
    }

    /** A list of mappings. */
    List<Section> sections(String key) {
        List<Section> sections = new ArrayList<>();
        YamlNode node = node(key).orElse(new YamlNode.Sequence(mapping.line(), List.of()));
        if (!(node instanceof YamlNode.Sequence list)) {
            problem(key, node.kind(), "allowed is a list");
            return sections;
        }
        for (YamlNode item : list.items()) {
            String itemPath = join(path, key) + "[" + sections.size() + "]";
            if (item instanceof YamlNode.Mapping below) {
                sections.add(new Section(itemPath, below, substitution, problems));
            } else {
                problems.add(
                        new ConfigProblem(where(itemPath, item.line()), item.kind(), "allowed is a mapping of keys"));
            }
        }
        return sections;
    }

    /** Notes a missing key, unless it is there but wrong and noted already. */
    void require(String key) {
        known.add(key);
        if (!has(key)) {
            problems.add(new ConfigProblem(join(path, key), "missing", "a value is required"));
        }
    }

    /** Notes a problem with a key of this section; false, to end a condition with. */
    boolean problem(String key, String found, String allowed) {
        YamlNode node = mapping.entries().get(key);
        String where = join(path, key);
        problems.add(new ConfigProblem(node == null ? where : where(where, node.line()), found, allowed));
        return false;
    }

    /** Notes every key that was not asked for. */
    void finish() {
        for (String key : mapping.entries().keySet()) {
            if (!known.contains(key)) {
                problem(
                        key,
                        "unknown key",
                        Spelling.nearest(key, known)
                                .map(name -> "did you mean " + name + "?")
                                .orElse("known are " + String.join(", ", known)));
            }
        }
    }

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    static String where(String path, int line) {
        return path + " (line " + line + ")";
    }

    private Optional<YamlNode> node(String key) {
        known.add(key);
        return Optional.ofNullable(mapping.entries().get(key));
    }

    private Optional<String> text(String where, YamlNode node, String allowed) {
        if (!(node instanceof YamlNode.Scalar scalar)) {
            problems.add(new ConfigProblem(where(where, node.line()), node.kind(), allowed));
            return Optional.empty();
        }
        Substitution.Result result = substitution.apply(scalar.text());
        if (!result.problems().isEmpty()) {
            problems.add(new ConfigProblem(
                    where(where, node.line()),
                    String.join(", ", result.problems()),
                    "set it or give a default: ${NAME:default}"));
            return Optional.empty();
        }
        return Optional.of(result.value());
    }

    private static Duration duration(Matcher matcher) {
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    private static long bytes(Matcher matcher) {
        if (matcher.group(1) == null) {
            return 0;
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "KB" -> number << 10;
            case "MB" -> number << 20;
            default -> number << 30;
        };
    }
}

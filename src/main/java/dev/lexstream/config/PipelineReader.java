package dev.lexstream.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lexstream.model.Devices;
import dev.lexstream.model.Precision;
import dev.lexstream.plan.OnError;
import dev.lexstream.plan.StageInput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Maps the content of a file onto settings. Missing values get their defaults.
 *
 * @param content values that the schema allows, each by itself
 * @param processors number of processors of the machine
 */
record PipelineReader(JsonNode content, int processors) {

    private static final Pattern QUANTITY = Pattern.compile("\\s*(\\d+)\\s*(\\w*)\\s*");

    /** What another stage has translated. */
    private static final Pattern TRANSLATION = Pattern.compile("stages\\.([a-z][a-z0-9-]*)\\.translation");

    /** The units of durations in milliseconds, and those of sizes in bytes. */
    private static final Map<String, Long> UNITS = Map.of(
            "",
            1L,
            "ms",
            1L,
            "s",
            1000L,
            "m",
            60_000L,
            "h",
            3_600_000L,
            "KB",
            1L << 10,
            "MB",
            1L << 20,
            "GB",
            1L << 30);

    /**
     * The pipeline of a file without problems.
     *
     * @param file whose folder relative paths start at
     * @param defaultModels folder of bundles when the file names none
     */
    Pipeline pipeline(Path file, Path defaultModels) {
        return new Pipeline(
                content.path("application-id").asText(PipelineDefaults.APPLICATION_ID),
                settings("kafka"),
                settings("registry"),
                topics().orElseThrow(),
                input().settings(),
                output(),
                List.copyOf(routes().values()),
                text(content, "models")
                        .map(models ->
                                file.toAbsolutePath().resolveSibling(models).normalize())
                        .orElse(defaultModels),
                language(),
                List.copyOf(stages().values()),
                inference(),
                duration(content, "max-outage").orElse(PipelineDefaults.MAX_OUTAGE),
                duration(content, "unknown-schema-wait").orElse(PipelineDefaults.UNKNOWN_SCHEMA_WAIT),
                deadLetters());
    }

    /** The settings of the section {@code kafka} or {@code registry}. Lists are joined by commas. */
    Map<String, String> settings(String section) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> setting : content.path(section).properties()) {
            JsonNode value = setting.getValue();
            settings.put(setting.getKey(), value.isArray() ? String.join(",", texts(value)) : value.textValue());
        }
        return settings;
    }

    /** The topics; empty when one of them has no name. */
    Optional<TopicSettings> topics() {
        JsonNode topics = content.path("topics");
        return inputs().flatMap(inputs -> deadLetters(inputs).flatMap(deadLetters -> text(topics, "output")
                .map(output -> new TopicSettings(
                        inputs,
                        output,
                        deadLetters,
                        topics.path("create").asBoolean(PipelineDefaults.CREATE_TOPICS),
                        topics.path("partitions").asInt(PipelineDefaults.PARTITIONS),
                        Optional.ofNullable(topics.get("replication-factor"))
                                .map(JsonNode::shortValue)
                                .or(() -> PipelineDefaults.REPLICATION_FACTOR)))));
    }

    /** What the section {@code input} says. */
    InputReader input() {
        return new InputReader(content.path("input"));
    }

    /** The input topics; empty when none is named, or the pattern is none. */
    Optional<InputTopics> inputs() {
        JsonNode input = content.path("topics").path("input");
        List<String> names = input.isTextual() ? List.of(input.textValue().split("\\s*,\\s*")) : texts(input);
        if (!names.isEmpty()) {
            return Optional.of(new InputTopics.Named(names));
        }
        return text(content.path("topics"), "input-pattern")
                .filter(PipelineRules::isPattern)
                .map(Pattern::compile)
                .map(InputTopics.Matching::new);
    }

    /** The topic of dead letters; empty when none is named and none follows from the inputs. */
    private Optional<String> deadLetters(InputTopics inputs) {
        Optional<String> byDefault =
                inputs instanceof InputTopics.Named named && named.names().size() == 1
                        ? Optional.of(named.names().get(0) + PipelineDefaults.DEAD_LETTERS_SUFFIX)
                        : Optional.empty();
        return text(content.path("topics"), "dead-letters").or(() -> byDefault).filter(TopicSettings::isLegal);
    }

    /** Whether something is Avro. */
    boolean needsRegistry() {
        return input().format() == Format.AVRO || output().format() == Format.AVRO;
    }

    OutputSettings output() {
        JsonNode output = content.path("output");
        Format input = input().format();
        return new OutputSettings(
                text(output, "format").map(Format::parse).orElse(input == Format.TEXT ? Format.AVRO : input),
                text(output, "shape").map(OutputSettings.Shape::parse).orElse(OutputSettings.DEFAULT.shape()),
                text(output, "field").orElse(PipelineDefaults.MERGED_FIELD));
    }

    /** The routes by their paths. Those without a condition or a destination, or with two, are left out. */
    Map<String, RouteSettings> routes() {
        Map<String, RouteSettings> routes = new LinkedHashMap<>();
        JsonNode list = content.path("routes");
        for (int i = 0; i < list.size(); i++) {
            JsonNode route = list.get(i);
            if (route.has("when") && hasOneDestination(route)) {
                routes.put(
                        Problems.item("routes", i),
                        new RouteSettings(route.get("when").textValue(), text(route, "topic")));
            }
        }
        return routes;
    }

    private static boolean hasOneDestination(JsonNode route) {
        return route.has("topic") != route.path("drop").asBoolean(PipelineDefaults.DROP);
    }

    /** What is wrong with the destinations of routes. */
    List<ConfigProblem> routeProblems() {
        List<ConfigProblem> problems = new ArrayList<>();
        JsonNode list = content.path("routes");
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).isObject() && !hasOneDestination(list.get(i))) {
                problems.add(new ConfigProblem(
                        Problems.item("routes", i),
                        list.get(i).has("topic") ? "topic and drop" : "neither topic nor drop",
                        "allowed is one of them: topic: NAME, or drop: true"));
            }
        }
        return problems;
    }

    LanguageSettings language() {
        JsonNode language = content.path("language");
        return new LanguageSettings(
                language.has("detect") ? texts(language.get("detect")) : PipelineDefaults.LANGUAGES,
                language.path("min-confidence").asDouble(PipelineDefaults.MIN_CONFIDENCE),
                text(language, "default"));
    }

    /** The stages by their paths. Stages without a name or a model are left out. */
    Map<String, StageSettings> stages() {
        Map<String, StageSettings> stages = new LinkedHashMap<>();
        JsonNode list = content.path("stages");
        for (int i = 0; i < list.size(); i++) {
            JsonNode stage = list.get(i);
            if (stage.has("name") && stage.has("model")) {
                stages.put(
                        Problems.item("stages", i),
                        new StageSettings(
                                stage.get("name").textValue(),
                                stage.get("model").textValue(),
                                stageInput(stage.path("input")),
                                text(stage, "when"),
                                duration(stage, "timeout").or(() -> PipelineDefaults.STAGE_TIMEOUT),
                                text(stage, "on-error").map(OnError::parse).orElse(PipelineDefaults.ON_ERROR),
                                text(stage, "cache")
                                        .map(PipelineReader::quantity)
                                        .orElse(PipelineDefaults.CACHE),
                                text(stage, "precision").map(Precision::parse)));
            }
        }
        return stages;
    }

    private static Optional<StageInput> stageInput(JsonNode input) {
        List<String> names = input.isTextual() ? List.of(input.textValue().split("\\s*,\\s*")) : texts(input);
        if (names.size() == 2) {
            return Optional.of(StageInput.pair(names.get(0), names.get(1)));
        }
        return names.stream().findFirst().map(PipelineReader::oneInput);
    }

    private static StageInput oneInput(String name) {
        Matcher translation = TRANSLATION.matcher(name);
        return translation.matches() ? StageInput.translation(translation.group(1)) : StageInput.text(name);
    }

    InferenceSettings inference() {
        JsonNode inference = content.path("inference");
        int workers = inference.path("workers").asInt(PipelineDefaults.WORKERS);
        int maxInFlight = inference.path("max-in-flight").asInt(PipelineDefaults.MAX_IN_FLIGHT);
        int maxBatchTokens = inference.path("max-batch-tokens").asInt(PipelineDefaults.MAX_BATCH_TOKENS);
        return new InferenceSettings(
                text(inference, "device").map(Devices::parse).orElse(PipelineDefaults.DEVICE),
                workers,
                inference.path("threads").asInt(PipelineDefaults.threads(processors, workers)),
                text(inference, "precision").map(Precision::parse).orElse(PipelineDefaults.PRECISION),
                maxInFlight,
                inference
                        .path("max-in-flight-tokens")
                        .asInt(PipelineDefaults.maxInFlightTokens(maxInFlight, maxBatchTokens)),
                maxBatchTokens,
                inference.path("max-batch-size").asInt(PipelineDefaults.MAX_BATCH_SIZE),
                duration(inference, "max-batch-delay").orElse(PipelineDefaults.MAX_BATCH_DELAY),
                duration(inference, "result-timeout").orElse(PipelineDefaults.RESULT_TIMEOUT));
    }

    private DeadLetterSettings deadLetters() {
        JsonNode deadLetters = content.path("dead-letters");
        DeadLetterSettings defaults = PipelineDefaults.DEAD_LETTERS;
        return new DeadLetterSettings(
                text(deadLetters, "too-large")
                        .map(DeadLetterSettings.TooLarge::parse)
                        .orElse(defaults.tooLarge()),
                deadLetters.path("max-share").asDouble(defaults.maxShare()));
    }

    private static Optional<String> text(JsonNode section, String key) {
        return Optional.ofNullable(section.path(key).textValue());
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> Optional.ofNullable(item.textValue()).ifPresent(texts::add));
        return texts;
    }

    private static Optional<Duration> duration(JsonNode section, String key) {
        return text(section, key).map(PipelineReader::quantity).map(Duration::ofMillis);
    }

    private static long quantity(String text) {
        Matcher quantity = QUANTITY.matcher(text);
        if (!quantity.matches()) {
            throw new IllegalStateException("the schema allows " + text);
        }
        return Long.parseLong(quantity.group(1)) * UNITS.get(quantity.group(2));
    }
}

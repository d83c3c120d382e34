package dev.lexstream.config;

import dev.lexstream.nlp.LanguageTag;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Loads pipeline files: YAML with the keys of {@link Pipeline} and its parts. Values may refer to environment variables as
 * {@code ${NAME}} or {@code ${NAME:default}}; a second dollar sign in front keeps such text as it is. Durations have a
 * unit: 5ms, 20s, 2m, 1h; sizes too: 512KB, 64MB, 1GB.
 */
public final class PipelineLoader {

    private static final int MAX_PARTITIONS = 100_000;

    private final Substitution substitution;
    private final Path defaultModels;
    private final Consumer<Map<String, String>> registryCheck;
    private final InferenceReader inferenceReader;

    /**
     * @param environment variables that values may refer to
     * @param defaultModels folder of model bundles of files that name none
     * @param registryCheck throws IllegalArgumentException naming every wrong setting of the registry; its rules belong to
     *     the registry's client
     */
    public PipelineLoader(
            Map<String, String> environment, Path defaultModels, Consumer<Map<String, String>> registryCheck) {
        this(environment, defaultModels, registryCheck, Runtime.getRuntime().availableProcessors());
    }

    /** As the public one, for a machine with so many processors. */
    PipelineLoader(
            Map<String, String> environment,
            Path defaultModels,
            Consumer<Map<String, String>> registryCheck,
            int processors) {
        this.substitution = new Substitution(environment);
        this.defaultModels = Objects.requireNonNull(defaultModels, "defaultModels");
        this.registryCheck = Objects.requireNonNull(registryCheck, "registryCheck");
        this.inferenceReader = new InferenceReader(processors);
    }

    /**
     * Loads and checks a file.
     *
     * @throws ConfigurationException naming everything that is wrong with the file
     */
    public Pipeline load(Path file) {
        String document;
        try {
            document = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "no such file");
        } catch (MalformedInputException e) {
            throw unreadable(file, "not UTF-8");
        } catch (IOException e) {
            throw unreadable(file, "not readable (" + e + ")");
        }
        List<ConfigProblem> problems = new ArrayList<>();
        YamlNode.Mapping root = new YamlReader(problems).read(document);
        // a document that is no mapping at all lacks every key: saying so would hide the reason
        if (problems.isEmpty() || !root.entries().isEmpty()) {
            Optional<Pipeline> pipeline = pipeline(new Section("", root, substitution, problems), file, problems);
            if (problems.isEmpty() && pipeline.isPresent()) {
                return pipeline.get();
            }
        }
        throw new ConfigurationException(file.toString(), problems);
    }

    private Optional<Pipeline> pipeline(Section root, Path file, List<ConfigProblem> problems) {
        String applicationId = root.text(
                        "application-id", TopicSettings::isLegal, "allowed are letters, digits, '.', '_' and '-'")
                .orElse(PipelineDefaults.APPLICATION_ID);
        Map<String, String> kafka = kafka(root);
        Map<String, String> registry = registry(root);
        Optional<TopicSettings> topics = topics(root.section("topics"));
        Path models = root.text("models", text -> !text.isBlank(), "allowed is a path")
                .map(text -> file.toAbsolutePath().resolveSibling(text).normalize())
                .orElse(defaultModels);
        Optional<LanguageSettings> language = language(root.section("language"));
        InferenceSettings inference = inferenceReader.read(root.section("inference"));
        List<StageSettings> stages = new StagesReader(inference.resultTimeout()).read(root);
        Optional<Duration> maxOutage = root.duration("max-outage", Duration.ZERO);
        Optional<Duration> unknownSchemaWait = root.duration("unknown-schema-wait", Duration.ZERO);
        DeadLetterSettings deadLetters = deadLetters(root.section("dead-letters"));
        root.finish();
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Pipeline(
                applicationId,
                kafka,
                registry,
                topics.orElseThrow(),
                models,
                language.orElseThrow(),
                stages,
                inference,
                maxOutage.orElse(PipelineDefaults.MAX_OUTAGE),
                unknownSchemaWait.orElse(PipelineDefaults.UNKNOWN_SCHEMA_WAIT),
                deadLetters));
    }

    private static DeadLetterSettings deadLetters(Section section) {
        Optional<DeadLetterSettings.TooLarge> tooLarge =
                section.parsed("too-large", DeadLetterSettings.TooLarge::parse, "allowed are drop-value and stop");
        Optional<Double> maxShare =
                section.parsed("max-share", PipelineLoader::share, "allowed is a number from 0 to 1, such as 0.5");
        section.finish();
        return new DeadLetterSettings(
                tooLarge.orElse(PipelineDefaults.DEAD_LETTERS.tooLarge()),
                maxShare.orElse(PipelineDefaults.DEAD_LETTERS.maxShare()));
    }

    private static double share(String text) {
        double share = Double.parseDouble(text);
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("not from 0 to 1");
        }
        return share;
    }

    private static Optional<LanguageSettings> language(Section section) {
        List<String> detect = section.texts("detect").orElse(PipelineDefaults.LANGUAGES);
        boolean enough = new HashSet<>(detect).size() >= 2
                || section.problem("detect", detect.toString(), "allowed are two languages or more");
        Optional<Double> minConfidence = section.parsed("min-confidence", PipelineLoader::share, "allowed is 0 to 1");
        Optional<String> unknown = section.text(
                "default", tag -> LanguageTag.language(tag).isPresent(), "allowed is a language tag, such as en");
        section.finish();
        return enough
                ? Optional.of(
                        new LanguageSettings(detect, minConfidence.orElse(PipelineDefaults.MIN_CONFIDENCE), unknown))
                : Optional.empty();
    }

    private Map<String, String> kafka(Section root) {
        Section section = root.section("kafka");
        Map<String, String> kafka = section.settings();
        KafkaSettings.problems(kafka)
                .forEach((name, problem) -> section.problem(name, problem.found(), problem.allowed()));
        return kafka;
    }

    private Map<String, String> registry(Section root) {
        Map<String, String> registry = root.section("registry").settings();
        try {
            registryCheck.accept(registry);
        } catch (IllegalArgumentException e) {
            root.problem("registry", e.getMessage(), "allowed are the settings of Confluent's client");
        }
        return registry;
    }

    private Optional<TopicSettings> topics(Section section) {
        String allowed = "allowed is a topic name: letters, digits, '.', '_' and '-', at most 249";
        section.require("input");
        section.require("output");
        Optional<String> input = section.text("input", TopicSettings::isLegal, allowed);
        Optional<String> output = section.text("output", TopicSettings::isLegal, allowed);
        Optional<String> deadLetters = section.text("dead-letters", TopicSettings::isLegal, allowed)
                .or(() -> input.map(name -> name + PipelineDefaults.DEAD_LETTERS_SUFFIX));
        Optional<Boolean> create = section.bool("create");
        Optional<Integer> partitions = section.integer("partitions", 1, MAX_PARTITIONS);
        Optional<Short> replicationFactor = section.integer("replication-factor", 1, Short.MAX_VALUE)
                .map(Integer::shortValue)
                .or(() -> PipelineDefaults.REPLICATION_FACTOR);
        section.finish();
        if (input.isEmpty() || output.isEmpty() || deadLetters.isEmpty()) {
            return Optional.empty();
        }
        if (!differ(section, input.get(), output.get(), deadLetters.get())) {
            return Optional.empty();
        }
        return Optional.of(new TopicSettings(
                input.get(),
                output.get(),
                deadLetters.get(),
                create.orElse(PipelineDefaults.CREATE_TOPICS),
                partitions.orElse(PipelineDefaults.PARTITIONS),
                replicationFactor));
    }

    private static boolean differ(Section section, String input, String output, String deadLetters) {
        String allowed = "input, output and dead-letters must differ";
        if (output.equals(input)) {
            return section.problem("output", output, allowed);
        }
        return !Set.of(input, output).contains(deadLetters) || section.problem("dead-letters", deadLetters, allowed);
    }

    private static ConfigurationException unreadable(Path file, String found) {
        return new ConfigurationException(
                file.toString(), List.of(new ConfigProblem("file", found, "allowed is a pipeline file in YAML")));
    }
}

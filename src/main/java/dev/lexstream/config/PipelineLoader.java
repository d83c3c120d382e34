package dev.lexstream.config;

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
 * unit: 5ms, 20s, 2m, 1h.
 */
public final class PipelineLoader {

    private static final int MAX_PARTITIONS = 100_000;

    private final Substitution substitution;
    private final Path defaultModels;
    private final Consumer<Map<String, String>> registryCheck;

    /**
     * @param environment variables that values may refer to
     * @param defaultModels folder of model bundles of files that name none
     * @param registryCheck throws IllegalArgumentException naming every wrong setting of the registry; its rules belong to
     *     the registry's client
     */
    public PipelineLoader(
            Map<String, String> environment, Path defaultModels, Consumer<Map<String, String>> registryCheck) {
        this.substitution = new Substitution(environment);
        this.defaultModels = Objects.requireNonNull(defaultModels, "defaultModels");
        this.registryCheck = Objects.requireNonNull(registryCheck, "registryCheck");
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
        Section language = root.section("language");
        List<String> detect = language.texts("detect").orElse(PipelineDefaults.LANGUAGES);
        if (new HashSet<>(detect).size() < 2) {
            language.problem("detect", detect.toString(), "allowed are two languages or more");
        }
        language.finish();
        List<StageSettings> stages = stages(root);
        InferenceSettings inference = inference(root.section("inference"));
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
                new LanguageSettings(detect),
                stages,
                inference));
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

    private List<StageSettings> stages(Section root) {
        List<StageSettings> stages = new ArrayList<>();
        Set<String> names = new HashSet<>();
        root.require("stages");
        List<Section> sections = root.sections("stages");
        for (Section section : sections) {
            section.require("name");
            section.require("model");
            Optional<String> name = section.text(
                    "name",
                    StageSettings::isLegal,
                    "allowed are lower-case letters, digits and '-', at most 40, and none of "
                            + StageSettings.RESERVED);
            Optional<String> model = section.text("model", text -> !text.isBlank(), "allowed is a model's name");
            section.finish();
            name.filter(text -> !names.add(text))
                    .ifPresent(text -> section.problem("name", text + " a second time", "names of stages must differ"));
            if (name.isPresent() && model.isPresent()) {
                stages.add(new StageSettings(name.get(), model.get()));
            }
        }
        if (sections.isEmpty() && root.has("stages")) {
            root.problem("stages", "no stage", "allowed is one or more");
        }
        return stages;
    }

    private static InferenceSettings inference(Section section) {
        InferenceSettings defaults = InferenceSettings.defaults();
        Optional<Integer> threads = section.integer("threads", 1, 1024);
        Optional<Integer> maxTexts = section.integer("max-texts", 1, Integer.MAX_VALUE);
        Optional<Integer> batchTokens = section.integer("batch-tokens", 1, Integer.MAX_VALUE);
        Optional<Integer> batchMembers = section.integer("batch-members", 1, Integer.MAX_VALUE);
        Optional<Duration> batchDeadline = section.duration("batch-deadline", Duration.ZERO);
        Optional<Duration> resultTimeout = section.duration("result-timeout", Duration.ofMillis(1));
        section.finish();
        return new InferenceSettings(
                threads.orElse(defaults.threads()),
                maxTexts.orElse(defaults.maxTexts()),
                batchTokens.orElse(defaults.batchTokens()),
                batchMembers.orElse(defaults.batchMembers()),
                batchDeadline.orElse(defaults.batchDeadline()),
                resultTimeout.orElse(defaults.resultTimeout()));
    }

    private static ConfigurationException unreadable(Path file, String found) {
        return new ConfigurationException(
                file.toString(), List.of(new ConfigProblem("file", found, "allowed is a pipeline file in YAML")));
    }
}

package dev.lexstream.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Loads pipeline files. They are YAML with the keys of {@link Pipeline} and its parts, as
 * {@code schemas/pipeline.schema.json} describes them. Values may refer to environment variables as {@code ${NAME}} or
 * {@code ${NAME:default}}. Threading: may be used from any thread.
 */
public final class PipelineLoader {

    private static final int MAX_BYTES = 1 << 20;
    private static final String INPUT = "topics.input";
    private static final String PATTERN = "topics.input-pattern";

    private final Substitution substitution;
    private final Path defaultModels;
    private final Consumer<Map<String, String>> registryCheck;
    private final int processors;
    private final PipelineSchema schema = PipelineSchema.load();

    /**
     * @param environment variables that values may refer to
     * @param defaultModels folder of model bundles when a file names none
     * @param registryCheck throws IllegalArgumentException naming every wrong setting of the registry, whose client has
     *     rules of its own
     */
    public PipelineLoader(
            Map<String, String> environment, Path defaultModels, Consumer<Map<String, String>> registryCheck) {
        this(environment, defaultModels, registryCheck, Runtime.getRuntime().availableProcessors());
    }

    /** As the public constructor, for a machine with this number of processors. */
    PipelineLoader(
            Map<String, String> environment,
            Path defaultModels,
            Consumer<Map<String, String>> registryCheck,
            int processors) {
        this.substitution = new Substitution(environment);
        this.defaultModels = Objects.requireNonNull(defaultModels, "defaultModels");
        this.registryCheck = Objects.requireNonNull(registryCheck, "registryCheck");
        this.processors = processors;
    }

    /**
     * Loads and checks a file.
     *
     * @throws ConfigurationException naming every problem of the file, with lines where they are known
     */
    public Pipeline load(Path file) {
        Problems problems = new Problems();
        ObjectNode content = new YamlReader(substitution, problems).read(text(file), schema.form());
        // a document that is no mapping at all lacks every key: saying so would hide the reason
        if (problems.isEmpty() || !content.isEmpty()) {
            schema.check(content, problems);
            PipelineReader reader = new PipelineReader(content, processors);
            checkRules(reader, problems);
            checkClients(reader, problems);
            if (problems.isEmpty()) {
                return reader.pipeline(file, defaultModels);
            }
        }
        throw new ConfigurationException(file.toString(), problems.inOrder());
    }

    /**
     * Adds the lines to problems of a file that were found after it was loaded.
     *
     * @param found with the paths of settings, as far as settings are concerned
     */
    public ConfigurationException located(Path file, ConfigurationException found) {
        Problems problems = new Problems();
        new YamlReader(substitution, problems).read(text(file), schema.form());
        found.problems().forEach(problem -> problems.addValue(problem.where(), problem.found(), problem.allowed()));
        return new ConfigurationException(file.toString(), problems.inOrder());
    }

    private void checkRules(PipelineReader reader, Problems problems) {
        PipelineRules rules = new PipelineRules(problems::isGiven);
        InferenceSettings inference = reader.inference();
        checkTopics(reader, rules, problems);
        reader.input().problems().forEach(problem -> problems.add(problem.where(), problem.found(), problem.allowed()));
        rules.language(reader.language());
        rules.inference(inference);
        rules.machine(inference, processors);
        if (!problems.isWrong("input")) {
            InputSettings input = reader.input().settings();
            rules.output(input, reader.output());
            reader.stages().forEach((path, stage) -> rules.stage(path, stage, input, inference.resultTimeout()));
        }
        reader.routeProblems().forEach(problem -> problems.add(problem.where(), problem.found(), problem.allowed()));
        reader.routes().forEach((path, route) -> reader.topics().ifPresent(topics -> rules.route(path, route, topics)));
        rules.broken().forEach(rule -> problems.add(rule.where(), rule.found(), rule.allowed()));
    }

    private static void checkTopics(PipelineReader reader, PipelineRules rules, Problems problems) {
        reader.topics().ifPresent(rules::topics);
        boolean named = problems.isGiven(INPUT) || problems.isWrong(INPUT);
        boolean matching = problems.isGiven(PATTERN) || problems.isWrong(PATTERN);
        if (named && matching) {
            problems.add(PATTERN, "topics.input too", "allowed is one of them");
        } else if (matching && reader.inputs().isEmpty()) {
            problems.add(PATTERN, "no regular expression", "allowed is one of Java's, such as chat-.*");
        } else if (matching && isStreamsProtocol(reader)) {
            problems.add(PATTERN, "a pattern with kafka.group.protocol streams", "allowed with the classic protocol");
        } else if (!named && !matching && reader.content().path("topics").isObject()) {
            problems.add(INPUT, "missing", "allowed is a topic name, or several; or input-pattern in its place");
        } else if (reader.topics().isEmpty() && !problems.isWrong("topics")) {
            problems.add(
                    "topics.dead-letters",
                    "missing",
                    "required with several inputs, and where input + -dead-letters is no topic name");
        }
    }

    /** Whose groups subscribe to names only. */
    private static boolean isStreamsProtocol(PipelineReader reader) {
        String protocol = reader.settings("kafka").getOrDefault("group.protocol", "");
        return protocol.strip().equalsIgnoreCase("streams");
    }

    private void checkClients(PipelineReader reader, Problems problems) {
        KafkaSettings.problems(reader.settings("kafka"))
                .forEach((name, problem) ->
                        problems.add(Problems.key("kafka", name), problem.found(), problem.allowed()));
        if (!reader.content().path("registry").isObject()) {
            if (reader.needsRegistry() && !problems.isWrong("registry")) {
                problems.add(
                        "registry.schema.registry.url",
                        "missing",
                        "required with format avro: http:// or https:// addresses, comma-separated");
            }
        } else if (!problems.isWrong("registry")) {
            try {
                registryCheck.accept(reader.settings("registry"));
            } catch (IllegalArgumentException e) {
                problems.add("registry", e.getMessage(), "allowed are the settings of Confluent's client");
            }
        }
    }

    private static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw unreadable(file, "more than " + MAX_BYTES + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (NoSuchFileException e) {
            throw unreadable(file, "no such file");
        } catch (CharacterCodingException e) {
            throw unreadable(file, "not UTF-8");
        } catch (IOException e) {
            throw unreadable(file, "not readable (" + e + ")");
        }
    }

    private static ConfigurationException unreadable(Path file, String found) {
        return new ConfigurationException(
                file.toString(), List.of(new ConfigProblem("file", found, "allowed is a pipeline file in YAML")));
    }
}

package dev.lexstream.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A text enrichment pipeline: the whole content of a pipeline file, with defaults filled in.
 *
 * @param applicationId key {@code application-id}: consumer group, and prefix of the transactional ids. Instances with
 *     the same id share the work. Default {@value PipelineDefaults#APPLICATION_ID}
 * @param kafka key {@code kafka}: settings of Kafka Streams and its clients, by Kafka's names. {@code bootstrap.servers}
 *     is required
 * @param registry key {@code registry}: settings of the schema registry, by Confluent's names. Empty where nothing is Avro
 * @param topics key {@code topics}
 * @param input key {@code input}: what the records of the input topics hold
 * @param output key {@code output}: what the records of the output topics hold
 * @param routes key {@code routes}: where records go that do not go to the output topic; the first whose condition holds
 *     decides. Default empty
 * @param models key {@code models}: folder of model bundles. A path in the file is relative to the file's folder
 * @param language key {@code language}
 * @param stages key {@code stages}: at least one, in the order of the plan. Their names differ, and their timeouts are
 *     below {@link InferenceSettings#resultTimeout()}
 * @param inference key {@code inference}
 * @param maxOutage key {@code max-outage}: how long the stream may fail without progress before the process ends. Default
 *     5 minutes
 * @param unknownSchemaWait key {@code unknown-schema-wait}: longest wait for the schema of an id that the registry does
 *     not know. Then the records with this id are dead letters. Default 30 seconds
 * @param deadLetters key {@code dead-letters}
 */
public record Pipeline(
        String applicationId,
        Map<String, String> kafka,
        Map<String, String> registry,
        TopicSettings topics,
        InputSettings input,
        OutputSettings output,
        List<RouteSettings> routes,
        Path models,
        LanguageSettings language,
        List<StageSettings> stages,
        InferenceSettings inference,
        Duration maxOutage,
        Duration unknownSchemaWait,
        DeadLetterSettings deadLetters) {

    /** @throws ConfigurationException naming every setting that does not fit the others */
    public Pipeline {
        Objects.requireNonNull(applicationId, "applicationId");
        kafka = Map.copyOf(kafka);
        registry = Map.copyOf(registry);
        Objects.requireNonNull(topics, "topics");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(output, "output");
        routes = List.copyOf(routes);
        Objects.requireNonNull(models, "models");
        Objects.requireNonNull(language, "language");
        stages = List.copyOf(stages);
        Objects.requireNonNull(inference, "inference");
        Objects.requireNonNull(maxOutage, "maxOutage");
        Objects.requireNonNull(unknownSchemaWait, "unknownSchemaWait");
        Objects.requireNonNull(deadLetters, "deadLetters");
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("stages must not be empty");
        }
        PipelineRules rules = new PipelineRules(path -> true);
        rules.topics(topics);
        rules.output(input, output);
        for (int i = 0; i < routes.size(); i++) {
            rules.route(Problems.item("routes", i), routes.get(i), topics);
        }
        rules.language(language);
        rules.inference(inference);
        for (int i = 0; i < stages.size(); i++) {
            rules.stage(Problems.item("stages", i), stages.get(i), input, inference.resultTimeout());
        }
        if (!rules.broken().isEmpty()) {
            throw new ConfigurationException("pipeline", rules.broken());
        }
    }

    /** A pipeline of text events with defaults for {@code maxOutage}, {@code unknownSchemaWait} and {@code deadLetters}. */
    public Pipeline(
            String applicationId,
            Map<String, String> kafka,
            Map<String, String> registry,
            TopicSettings topics,
            Path models,
            LanguageSettings language,
            List<StageSettings> stages,
            InferenceSettings inference) {
        this(
                applicationId,
                kafka,
                registry,
                topics,
                InputSettings.DEFAULT,
                OutputSettings.DEFAULT,
                List.of(),
                models,
                language,
                stages,
                inference,
                PipelineDefaults.MAX_OUTAGE,
                PipelineDefaults.UNKNOWN_SCHEMA_WAIT,
                PipelineDefaults.DEAD_LETTERS);
    }
}

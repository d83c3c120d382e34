package dev.lexstream.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A text enrichment pipeline: the whole content of a pipeline file, with defaults filled in.
 *
 * @param applicationId key {@code application-id}: consumer group and prefix of transactional ids; instances with the same
 *     one share the work. Default {@value PipelineDefaults#APPLICATION_ID}
 * @param kafka key {@code kafka}: settings of Kafka Streams and its clients, by Kafka's names; {@code bootstrap.servers} is
 *     required
 * @param registry key {@code registry}: settings of the schema registry, by Confluent's names
 * @param topics key {@code topics}
 * @param models key {@code models}: folder of model bundles; a relative path starts at the pipeline file's folder
 * @param language key {@code language}
 * @param stages key {@code stages}: at least one, in the order of the plan; names differ, timeouts are below
 *     {@link InferenceSettings#resultTimeout()}
 * @param inference key {@code inference}
 */
public record Pipeline(
        String applicationId,
        Map<String, String> kafka,
        Map<String, String> registry,
        TopicSettings topics,
        Path models,
        LanguageSettings language,
        List<StageSettings> stages,
        InferenceSettings inference) {

    public Pipeline {
        Objects.requireNonNull(applicationId, "applicationId");
        kafka = Map.copyOf(kafka);
        registry = Map.copyOf(registry);
        Objects.requireNonNull(topics, "topics");
        Objects.requireNonNull(models, "models");
        Objects.requireNonNull(language, "language");
        stages = List.copyOf(stages);
        Objects.requireNonNull(inference, "inference");
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("stages must not be empty");
        }
        if (stages.stream().map(StageSettings::name).distinct().count() < stages.size()) {
            throw new IllegalArgumentException("names of stages must differ, found "
                    + stages.stream().map(StageSettings::name).toList());
        }
        for (StageSettings stage : stages) {
            if (stage.timeout()
                    .filter(limit -> limit.compareTo(inference.resultTimeout()) >= 0)
                    .isPresent()) {
                throw new IllegalArgumentException(
                        "timeout of stage " + stage.name() + " must be below " + inference.resultTimeout() + ", found "
                                + stage.timeout().get());
            }
        }
    }
}

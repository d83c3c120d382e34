package dev.lexstream.bench;

import dev.lexstream.config.InferenceSettings;
import dev.lexstream.config.LanguageSettings;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.StageSettings;
import dev.lexstream.config.TopicSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The pipeline of one run: its own topics and group, and Lexstream's defaults for all that is not said here.
 *
 * @param bootstrapServers of the broker
 * @param registryUrl of the registry
 * @param models folder of the bundles
 * @param stages names of bundles
 * @param threads stream threads
 */
public record BenchPipeline(
        String bootstrapServers, String registryUrl, Path models, List<String> stages, int threads) {

    /** Of a run; its input topic has the run's name. */
    Pipeline of(String run) {
        return new Pipeline(
                run,
                Map.of(
                        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                        Integer.toString(threads)),
                Map.of("schema.registry.url", registryUrl),
                TopicSettings.existing(run, run + "-enriched", run + "-dead-letters"),
                models,
                new LanguageSettings(List.of("en", "zh")),
                stages.stream().map(name -> new StageSettings(name, name)).toList(),
                InferenceSettings.defaults());
    }
}

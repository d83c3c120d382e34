package dev.lexstream.app;

import dev.lexstream.codec.EventDecoder;
import dev.lexstream.codec.OutputEncoder;
import dev.lexstream.config.Format;
import dev.lexstream.config.InputTopics;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.RouteSettings;
import dev.lexstream.registry.SchemaRegistry;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the records of a pipeline are read and written, with the registry where one of the formats needs it.
 *
 * <p>Threading: may be used from any thread.
 *
 * @param registry empty where nothing is Avro; closed with this
 * @param decoder reads values of the input topics
 * @param encoder writes values of output topics
 */
public record Formats(Optional<SchemaRegistry> registry, EventDecoder decoder, OutputEncoder encoder)
        implements AutoCloseable {

    public Formats {
        Objects.requireNonNull(registry, "registry");
        Objects.requireNonNull(decoder, "decoder");
        Objects.requireNonNull(encoder, "encoder");
    }

    /** Those of a pipeline; nothing is sent yet. */
    public static Formats of(Pipeline pipeline) {
        boolean avro =
                pipeline.input().format() == Format.AVRO || pipeline.output().format() == Format.AVRO;
        SchemaRegistry registry = avro ? SchemaRegistry.connect(pipeline.registry()) : null;
        return new Formats(
                Optional.ofNullable(registry),
                EventDecoder.of(pipeline.input(), registry),
                OutputEncoder.of(pipeline.output(), registry));
    }

    /**
     * Has the schemas of the output registered or looked up, as the settings want it. Those of topics that match a pattern follow
     * when the first record needs them.
     *
     * @throws dev.lexstream.registry.RegistryUnavailableException when the registry does not answer
     * @throws dev.lexstream.registry.SchemaRejectedException when the registry refuses a schema
     */
    void prepare(Pipeline pipeline) {
        List<String> inputs = pipeline.topics().inputs() instanceof InputTopics.Named named ? named.names() : List.of();
        Stream.concat(
                        Stream.of(pipeline.topics().output()),
                        pipeline.routes().stream().map(RouteSettings::topic).flatMap(Optional::stream))
                .distinct()
                .forEach(topic -> encoder.prepare(inputs, topic));
    }

    @Override
    public void close() {
        registry.ifPresent(SchemaRegistry::close);
    }
}

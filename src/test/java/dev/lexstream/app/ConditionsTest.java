package dev.lexstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.PipelineLoader;
import dev.lexstream.nlp.Annotation;
import dev.lexstream.nlp.Classification;
import dev.lexstream.nlp.Tagging;
import dev.lexstream.plan.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The conditions of a pipeline file, compiled before models load. */
class ConditionsTest {

    private static final String FILE =
            """
            kafka: {bootstrap.servers: 'localhost:9092'}
            registry: {schema.registry.url: 'http://localhost:8081'}
            topics: {input: a, output: b}
            stages:
              - name: classify
                model: m
              - name: tag
                model: m
                when: %s
            routes:
              - when: %s
                topic: c
              - when: language == 'de'
                drop: true
            """;

    @TempDir
    private Path folder;

    private final Map<String, Class<? extends Annotation>> annotations =
            new LinkedHashMap<>(Map.of("classify", Classification.class, "tag", Tagging.class));

    private final PipelineLoader loader = new PipelineLoader(Map.of(), Path.of("models"), settings -> {});

    private Conditions compile(Path file) {
        Pipeline pipeline = loader.load(file);
        try {
            return Conditions.compile(pipeline, annotations);
        } catch (ConfigurationException e) {
            throw loader.located(file, e);
        }
    }

    private Path file(String when, String route) throws IOException {
        return Files.writeString(folder.resolve("pipeline.yaml"), FILE.formatted(when, route));
    }

    @Test
    void stagesAndRoutesHaveTheirsAndOthersNone() throws IOException {
        Conditions conditions = compile(file("stages.classify.label == 'spam'", "stages.tag.status == 'done'"));

        assertThat(conditions.of("classify")).isSameAs(Condition.ALWAYS);
        assertThat(conditions.of("tag").needs()).isEqualTo(Condition.Needs.outcomes("classify"));
        assertThat(conditions.routes().topics()).isEqualTo(Set.of("b", "c"));
    }

    @Test
    void allThatIsWrongIsSaidWithPathAndLine() throws IOException {
        Path file = file("stages.tag.status == 'done'", "stages.clasify.lable == 'x' || language");

        ConfigurationException failure = catchThrowableOfType(ConfigurationException.class, () -> compile(file));

        assertThat(failure.problems()).hasSize(2);
        assertThat(failure.problems().get(0).toString())
                .startsWith("stages[1].when (line 9): stages.tag.status == 'done'; line 1, column ")
                .contains("tag");
        assertThat(failure.problems().get(1).toString())
                .startsWith("routes[0].when (line 11): stages.clasify.lable == 'x' || language; line 1, column ")
                .contains("did you mean");
    }
}

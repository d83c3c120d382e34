package dev.lexstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lexstream.event.FieldPath;
import dev.lexstream.plan.StageInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pipeline file says of topics and records that are not Lexstream's own. */
class InputSettingsTest {

    private static final String FILE =
            """
            kafka: {bootstrap.servers: 'localhost:9092'}
            registry: {schema.registry.url: 'http://localhost:8081'}
            stages: [{name: tag, model: tagger-en}]
            topics:
              %s
            input:
              %s
            """;
    private static final String TOPICS = "{input: a, output: b}";

    @TempDir
    private Path folder;

    @Test
    void pathsAreReadAndTheFirstTextIsTheMainOne() throws IOException {
        InputSettings input = load(
                        TOPICS,
                        """
                        format: json
                          id: meta.id
                          texts:
                            subject: ticket.subject
                            body: {path: '"ticket.parts"[0].text', required: true}
                          language: meta.lang
                          source: from
                          occurred-at: at
                          attributes: {priority: ticket.priority, room: room}
                        """)
                .input();

        FieldSettings fields = input.fields().orElseThrow();
        assertThat(input.format()).isEqualTo(Format.JSON);
        assertThat(fields.texts().keySet()).containsExactly("subject", "body");
        assertThat(fields)
                .isEqualTo(new FieldSettings(
                        Optional.of(FieldPath.of("meta", "id")),
                        Map.of(
                                "subject",
                                new FieldSettings.Text(FieldPath.of("ticket", "subject"), false),
                                "body",
                                new FieldSettings.Text(FieldPath.parse("\"ticket.parts\"[0].text"), true)),
                        Optional.of(FieldPath.of("meta", "lang")),
                        Optional.of(FieldPath.of("from")),
                        Optional.of(FieldPath.of("at")),
                        new FieldSettings.Attributes(
                                Optional.empty(),
                                Map.of(
                                        "priority", FieldPath.of("ticket", "priority"),
                                        "room", FieldPath.of("room")))));
    }

    @Test
    void oneTextAndAllAttributesNeedNoMapping() throws IOException {
        FieldSettings fields =
                load(TOPICS, "{text: body, attributes: facts}").input().fields().orElseThrow();

        assertThat(fields.texts()).isEqualTo(Map.of("text", new FieldSettings.Text(FieldPath.of("body"), false)));
        assertThat(fields.attributes())
                .isEqualTo(new FieldSettings.Attributes(Optional.of(FieldPath.of("facts")), Map.of()));
        assertThat(load(TOPICS, "{format: text}").input()).isEqualTo(new InputSettings(Format.TEXT, Optional.empty()));
        assertThat(load(TOPICS, "").input()).isEqualTo(InputSettings.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {format: xml}                       | input.format (line 7): xml; allowed are avro, json, text
            {format: text, id: a}               | input.id (line 7): a path with format text; allowed with formats avro and json
            {id: a}                             | input.text: missing; required where other paths are given, or texts
            {text: a, texts: {b: c}}            | input.texts (line 7): text too; allowed is one of them
            {texts: {}}                         | input.texts (line 7): a mapping; allowed is a mapping of names to paths
            {texts: [a]}                        | input.texts (line 7): a list; allowed is a mapping of names to paths
            {texts: {0a: c}}                    | input.texts.0a (line 7): no name; allowed are letters, digits and '_', not a digit first, at most 64
            {texts: {a: {required: true}}}      | input.texts.a.path: missing; allowed is a path within a record, such as body.text or tags[0]
            {texts: {a: {path: b, must: true}}} | input.texts.a.must (line 7): unknown key; known are path, required
            {texts: {a: {path: b, required: 7}}} | input.texts.a.required (line 7): 7; allowed are true and false
            {text: a..b}                        | input.text (line 7): a..b (found '.' at character 3); allowed is a name: letters, digits, '_', '-', '$' and '@', or anything in double quotes
            {text: 'a[x]'}                      | input.text (line 7): a[x] (found 'x' at character 3); allowed are a position from 0 and '*', then ']'
            {text: a b}                         | input.text (line 7): a b (found ' ' at character 2); allowed are '.', '[' and the end
            {text: '"a'}                        | input.text (line 7): "a (found the end after 2 characters); allowed is a closing double quote
            {text: a, attributes: {b: '[0]'}}   | input.attributes.b (line 7): [0] (found '[' at character 1); allowed is a name: letters, digits, '_', '-', '$' and '@', or anything in double quotes
            {text: a, atributes: b}             | input.atributes (line 7): unknown key; did you mean attributes?
            """)
    void whatIsWrongWithThePathsIsSaid(String input, String problem) {
        assertThat(problems(TOPICS, input)).containsExactly(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{input: [a, b], output: c, dead-letters: d}", "{input: 'a, b', output: c, dead-letters: d}"})
    void severalInputsAreAListOrSeparatedByCommas(String topics) throws IOException {
        assertThat(load(topics, "").topics().inputs()).isEqualTo(new InputTopics.Named(List.of("a", "b")));
    }

    @Test
    void aPatternMatchesWholeNames() throws IOException {
        InputTopics inputs = load("{input-pattern: 'chat-.*', output: c, dead-letters: d}", "")
                .topics()
                .inputs();

        assertThat(inputs.include("chat-1")).isTrue();
        assertThat(inputs.include("my-chat-1")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {input: [a, b], output: c}                        | topics.dead-letters: missing; required with several inputs, and where input + -dead-letters is no topic name
            {input-pattern: 'a.*', output: c}                 | topics.dead-letters: missing; required with several inputs, and where input + -dead-letters is no topic name
            {input: [a, b], output: b, dead-letters: c}       | topics.output (line 5): b; input, output and dead-letters must differ
            {input-pattern: '.*', output: c, dead-letters: d} | topics.output (line 5): c; input, output and dead-letters must differ
            {input-pattern: 'd+', output: c, dead-letters: d} | topics.dead-letters (line 5): d; input, output and dead-letters must differ
            {input-pattern: '(', output: c, dead-letters: d}  | topics.input-pattern (line 5): no regular expression; allowed is one of Java's, such as chat-.*
            {input: a, input-pattern: b, output: c}           | topics.input-pattern (line 5): topics.input too; allowed is one of them
            {output: c}                                       | topics.input: missing; allowed is a topic name, or several; or input-pattern in its place
            {input: [a, a], output: c, dead-letters: d}       | topics.input (line 5): [a, a]; allowed is a topic name: letters, digits, '.', '_' and '-', at most 249; or several, each once
            {input: [a, '!'], output: c, dead-letters: d}     | topics.input[1] (line 5): !; allowed is a topic name: letters, digits, '.', '_' and '-', at most 249
            """)
    void whatIsWrongWithTheTopicsIsSaid(String topics, String problem) {
        assertThat(problems(topics, "")).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            stages: [{name: a, model: m, input: body}]           | stages[0].input (line 4): body; texts are text, others stages.NAME.translation
            stages: [{name: a, model: m, input: [text, body]}]   | stages[0].input (line 4): body; texts are text, others stages.NAME.translation
            stages: [{name: a, model: m, input: [a, b, c]}]      | stages[0].input (line 4): [a, b, c]; allowed is a text's name, two of them, or stages.NAME.translation
            stages: [{name: a, model: m, input: a b}]            | stages[0].input (line 4): a b; allowed is a text's name, two of them, or stages.NAME.translation
            stages: [{name: a, model: m, input: stages.a.translation}] | stages[0].input (line 4): stages.a.translation; there is no stage before it
            stages: [{name: a, model: m, when: ' '}]             | stages[0].when (line 4): a blank text; allowed is a condition, such as language == 'en'
            routes: [{when: 'true'}]                             | routes[0] (line 4): neither topic nor drop; allowed is one of them: topic: NAME, or drop: true
            routes: [{when: 'true', drop: true, topic: b}]       | routes[0] (line 4): topic and drop; allowed is one of them: topic: NAME, or drop: true
            routes: [{topic: c}]                                 | routes[0].when: missing; allowed is a condition, such as language == 'en'
            routes: [{when: 'true', topic: a}]                   | routes[0].topic (line 4): a; allowed is a topic that is not read and does not take dead letters
            routes: [{when: 'true', topic: a-dead-letters}]      | routes[0].topic (line 4): a-dead-letters; allowed is a topic that is not read and does not take dead letters
            output: {shape: merged, format: json}                | output.format (line 4): json with avro as input; allowed is the input's own format with shape merged
            output: {format: text}                               | output.format (line 4): text; allowed are avro and json
            output: {field: a-b}                                 | output.field (line 4): a-b; allowed is a field's name: letters, digits and '_', not a digit first, at most 64
            """)
    void whatIsWrongWithStagesRoutesAndOutputIsSaid(String section, String problem) throws IOException {
        String file =
                """
                kafka: {bootstrap.servers: 'localhost:9092'}
                registry: {schema.registry.url: 'http://localhost:8081'}
                topics: {input: a, output: b}
                %s
                """
                        .formatted(section);
        Path written = Files.writeString(
                folder.resolve("pipeline.yaml"),
                section.startsWith("stages") ? file : file + "stages: [{name: tag, model: tagger-en}]\n");

        assertThat(catchThrowableOfType(
                                ConfigurationException.class,
                                () -> new PipelineLoader(Map.of(), folder, settings -> {}).load(written))
                        .problems())
                .extracting(ConfigProblem::toString)
                .containsExactly(problem);
    }

    @Test
    void mergedTextIsRefused() {
        assertThat(problems(TOPICS, "{format: text}\noutput: {shape: merged}"))
                .containsExactly(
                        "output.shape (line 8): merged with text as input; allowed is enriched-text: a text has no fields");
    }

    @Test
    void stagesRoutesAndOutputAreRead() throws IOException {
        Path file = Files.writeString(
                folder.resolve("pipeline.yaml"),
                """
                kafka: {bootstrap.servers: 'localhost:9092'}
                registry: {schema.registry.url: 'http://localhost:8081'}
                topics: {input: a, output: b}
                input: {format: json, texts: {subject: s, body: b}}
                output: {shape: merged, field: found}
                routes: [{when: 'true', topic: c}, {when: "language == 'de'", drop: true}]
                stages:
                  - {name: translate, model: m, input: body, when: "language == 'zh'"}
                  - {name: both, model: m, input: 'subject, body'}
                  - {name: again, model: m, input: stages.translate.translation}
                """);
        Pipeline pipeline = new PipelineLoader(Map.of(), folder, settings -> {}).load(file);

        assertThat(pipeline.output()).isEqualTo(new OutputSettings(Format.JSON, OutputSettings.Shape.MERGED, "found"));
        assertThat(pipeline.routes())
                .containsExactly(
                        new RouteSettings("true", Optional.of("c")),
                        new RouteSettings("language == 'de'", Optional.empty()));
        assertThat(pipeline.stages())
                .extracting(StageSettings::input)
                .containsExactly(
                        Optional.of(StageInput.text("body")),
                        Optional.of(StageInput.pair("subject", "body")),
                        Optional.of(StageInput.translation("translate")));
        assertThat(pipeline.stages().get(0).when()).contains("language == 'zh'");
    }

    private List<String> problems(String topics, String input) {
        return catchThrowableOfType(ConfigurationException.class, () -> load(topics, input)).problems().stream()
                .map(ConfigProblem::toString)
                .toList();
    }

    private Pipeline load(String topics, String input) throws IOException {
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), FILE.formatted(topics, input));
        return new PipelineLoader(Map.of(), folder, settings -> {}).load(file);
    }
}

package dev.lexstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lexstream.model.Devices;
import dev.lexstream.model.Precision;
import dev.lexstream.plan.OnError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineLoaderTest {

    private static final int PROCESSORS = 6;

    private static final String MINIMAL =
            """
            kafka:
              bootstrap.servers: localhost:9092
            registry:
              schema.registry.url: http://localhost:8081
            topics:
              input: texts
              output: enriched-texts
            stages:
              - name: tag
                model: tagger-en
            """;

    @TempDir
    private Path folder;

    @Test
    void aMinimalFileGetsAllDefaults() {
        Pipeline pipeline = load(MINIMAL, Map.of());

        assertThat(pipeline)
                .isEqualTo(new Pipeline(
                        "lexstream",
                        Map.of("bootstrap.servers", "localhost:9092"),
                        Map.of("schema.registry.url", "http://localhost:8081"),
                        TopicSettings.existing("texts", "enriched-texts", "texts-dead-letters"),
                        Path.of("default-models"),
                        new LanguageSettings(PipelineDefaults.LANGUAGES),
                        List.of(new StageSettings("tag", "tagger-en")),
                        new InferenceSettings(
                                Devices.AUTO,
                                1,
                                PROCESSORS / 2,
                                Precision.AUTO,
                                PipelineDefaults.MAX_IN_FLIGHT,
                                512 * PipelineDefaults.MAX_IN_FLIGHT,
                                PipelineDefaults.MAX_BATCH_TOKENS,
                                PipelineDefaults.MAX_BATCH_SIZE,
                                PipelineDefaults.MAX_BATCH_DELAY,
                                PipelineDefaults.RESULT_TIMEOUT)));
    }

    @Test
    void everyKeyIsRead() {
        Pipeline pipeline = load(
                """
                application-id: my.texts
                kafka:
                  bootstrap.servers: [a:9092, b:9092]
                  num.stream.threads: 4
                  producer.linger.ms: 0
                  ssl.truststore.password: ${TRUST}
                registry:
                  schema.registry.url: ${REGISTRY:http://localhost:8081}/x
                topics:
                  input: in
                  output: out
                  dead-letters: dead
                  create: true
                  partitions: 3
                  replication-factor: 2
                models: bundles
                language:
                  detect: [en, de]
                  min-confidence: 0.75
                  default: de-AT
                stages:
                  - {name: tag, model: tagger-en}
                  - name: translate
                    model: other
                    timeout: 2s
                    on-error: skip
                    cache: 16MB
                    precision: int8
                inference:
                  device: gpu:0,gpu:2
                  workers: 3
                  threads: 2
                  precision: bf16
                  max-in-flight: 50
                  max-in-flight-tokens: 70
                  max-batch-tokens: 20
                  max-batch-size: 30
                  max-batch-delay: 7ms
                  result-timeout: 20s
                """,
                Map.of("TRUST", "pass${WORD"));

        assertThat(pipeline)
                .isEqualTo(new Pipeline(
                        "my.texts",
                        Map.of(
                                "bootstrap.servers", "a:9092,b:9092",
                                "num.stream.threads", "4",
                                "producer.linger.ms", "0",
                                "ssl.truststore.password", "pass${WORD"),
                        Map.of("schema.registry.url", "http://localhost:8081/x"),
                        new TopicSettings("in", "out", "dead", true, 3, Optional.of((short) 2)),
                        folder.toAbsolutePath().resolve("bundles"),
                        new LanguageSettings(List.of("en", "de"), 0.75, Optional.of("de-AT")),
                        List.of(
                                new StageSettings("tag", "tagger-en"),
                                new StageSettings(
                                        "translate",
                                        "other",
                                        Optional.of(Duration.ofSeconds(2)),
                                        OnError.SKIP,
                                        16 << 20,
                                        Optional.of(Precision.INT8))),
                        new InferenceSettings(
                                Devices.parse("gpu:0,gpu:2"),
                                3,
                                2,
                                Precision.BF16,
                                50,
                                70,
                                20,
                                30,
                                Duration.ofMillis(7),
                                Duration.ofSeconds(20))));
    }

    @Test
    void everyOffenderIsNamedAtOnceWithItsLine() {
        ConfigurationException failure = failure(
                """
                aplication-id: x
                kafka:
                  bootstrap.server: localhost:9092
                  num.stream.threads: many
                  application.id: y
                registry: 5
                topics:
                  input: texts
                  output: texts
                  create: perhaps
                  partitions: 0
                stages:
                  - name: Tag!
                    modle: tagger-en
                  - name: tag
                    model: a
                  - name: tag
                    model: b
                inference:
                  max-batch-delay: 5
                """);

        assertThat(failure.problems())
                .extracting(ConfigProblem::toString)
                .containsExactlyInAnyOrder(
                        "aplication-id (line 1): unknown key; did you mean application-id?",
                        "kafka.bootstrap.server (line 3): unknown setting; did you mean bootstrap.servers?",
                        "kafka.num.stream.threads (line 4): many; allowed is int",
                        "kafka.application.id (line 5): cannot be set; set application-id at the top of the file",
                        "kafka.bootstrap.servers: missing; allowed are host:port, comma-separated",
                        "registry (line 6): a single value; allowed is a mapping of keys",
                        "topics.output (line 9): texts; input, output and dead-letters must differ",
                        "topics.create (line 10): perhaps; allowed are true and false",
                        "topics.partitions (line 11): 0; allowed is a whole number from 1 to 100000",
                        "stages[0].name (line 13): Tag!; allowed are lower-case letters, digits and '-', at most 40",
                        "stages[0].model: missing; allowed is a model's name",
                        "stages[0].modle (line 14): unknown key; did you mean model?",
                        "stages[2].name (line 17): tag a second time; names of stages must differ",
                        "inference.max-batch-delay (line 20): 5; allowed is a duration from 0ms to 24h, such as 5ms, 20s or 2m");
        assertThat(failure).hasMessageContaining("pipeline.yaml has 14 problems:\n  ");
    }

    @Test
    void settingsOfTheLanguageThatMeanNothingAreNamed() {
        ConfigurationException failure =
                failure(MINIMAL + "language: {detect: [en], min-confidence: NaN, default: und}\n");

        assertThat(failure.problems())
                .extracting(problem -> problem.toString().replaceAll(" \\(line \\d+\\)", ""))
                .containsExactlyInAnyOrder(
                        "language.detect: [en]; allowed are two languages or more",
                        "language.min-confidence: NaN; allowed is a number from 0 to 1",
                        "language.default: und; allowed is a language tag, such as en");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            [en, en-GB]     | [en, en-GB]; allowed are two languages or more
            'en, eng'       | [en, eng]; allowed are two languages or more
            'en, xx, tlh'   | [xx, tlh]; allowed are af, ar, az, be, bg
            en              | [en]; allowed are two languages or more
            """)
    void languagesThatCannotBeToldApartAreRefusedBeforeModelsLoad(String detect, String problem) {
        ConfigurationException failure = failure(MINIMAL + "language:\n  detect: " + detect + "\n");

        assertThat(failure.problems()).singleElement().asString().startsWith("language.detect (line 12): " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[en, zh]", "en, zh", "'en,zh'", "${LANGUAGES}", "\n  - en\n  - ${SECOND}"})
    void languagesAreAListOrSeparatedByCommas(String detect) {
        Pipeline pipeline =
                load(MINIMAL + "language:\n  detect: " + detect + "\n", Map.of("LANGUAGES", "en , zh", "SECOND", "zh"));

        assertThat(pipeline.language().detect()).containsExactly("en", "zh");
    }

    @Test
    void anItemOfAListIsNamedWithTheLineOfTheList() {
        assertThat(failure(MINIMAL + "language: {detect: 'en,,zh'}\n").problems())
                .extracting(ConfigProblem::toString)
                .containsExactly("language.detect[1] (line 11): a blank text; allowed is a language tag, such as en");
    }

    @Test
    void settingsThatDoNotFitEachOtherOrTheMachineAreAllNamed() {
        ConfigurationException failure = failure(
                """
                kafka:
                  bootstrap.servers: localhost:9092
                registry:
                  schema.registry.url: http://localhost:8081
                topics:
                  input: texts
                  output: enriched-texts
                stages:
                  - name: tag
                    model: tagger-en
                    timeout: 3s
                    on-error: ignore
                    cache: -1
                    precision: fp64
                  - name: classify
                    model: classifier-en
                    timeout: 0ms
                    cache: 64
                inference:
                  device: tpu
                  workers: 2
                  threads: 4
                  precision: double
                  max-in-flight: 10
                  max-in-flight-tokens: 100
                  max-batch-tokens: 101
                  max-batch-size: 11
                  result-timeout: 3s
                """);

        assertThat(failure.problems())
                .extracting(ConfigProblem::toString)
                .containsExactlyInAnyOrder(
                        "stages[0].timeout (line 11): 3000ms; allowed is less than inference.result-timeout (3000ms)",
                        "stages[0].on-error (line 12): ignore; allowed are dead-letter and skip",
                        "stages[0].cache (line 13): -1; allowed are 0 and a size such as 512KB, 64MB or 1GB",
                        "stages[0].precision (line 14): fp64; allowed are auto, fp32, fp16, bf16, int8",
                        "stages[1].timeout (line 17): 0ms; allowed is a duration from 1ms to 24h, such as 5ms, 20s or 2m",
                        "stages[1].cache (line 18): 64; allowed are 0 and a size such as 512KB, 64MB or 1GB",
                        "inference.device (line 20): tpu; allowed are auto, cpu, gpu, or GPUs by number, each once, such as gpu:0,gpu:2",
                        "inference.threads (line 22): 4 for each of 2 workers; allowed are up to 3, there being 6 processors",
                        "inference.precision (line 23): double; allowed are auto, fp32, fp16, bf16, int8",
                        "inference.max-in-flight (line 24): 10; allowed is max-batch-size (11) or more, or batches could never fill",
                        "inference.max-in-flight-tokens (line 25): 100; allowed is max-batch-tokens (101) or more, or batches could never fill");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            workers: 7           | workers       | 7; allowed are up to 6, the processors here
            workers: 0           | workers       | 0; allowed is a whole number from 1 to 1024
            threads: 7           | threads       | 7; allowed are up to 6, there being 6 processors
            max-in-flight-tokens: -5       | max-in-flight-tokens    | -5; allowed is a whole number from 1 to 2147483647
            max-batch-size: 6001  | max-batch-size | 6001; allowed is max-in-flight (6000) or less, or batches could never fill
            max-batch-delay: 25s  | max-batch-delay | 25000ms; allowed is less than inference.result-timeout (25000ms)
            max-batch-delay: 25h  | max-batch-delay | 25h; allowed is a duration from 0ms to 24h, such as 5ms, 20s or 2m
            result-timeout: 999999999h | result-timeout | 999999999h; allowed is a duration from 1ms to 24h, such as 5ms, 20s or 2m
            result-timeout: 5ms  | result-timeout | 5ms; allowed is more than inference.max-batch-delay (5ms)
            device: 'gpu:0,gpu:0'| device        | gpu:0,gpu:0; allowed are auto, cpu, gpu, or GPUs by number, each once, such as gpu:0,gpu:2
            """)
    void anInferenceSettingThatDoesNotFitIsRefused(String setting, String key, String problem) {
        ConfigurationException failure = failure(MINIMAL + "inference:\n  " + setting + "\n");

        assertThat(failure.problems())
                .extracting(ConfigProblem::toString)
                .containsExactly("inference." + key + " (line 12): " + problem);
    }

    @ParameterizedTest
    @CsvSource({
        "batch-tokens: 8192, max-batch-tokens",
        "batch-members: 64, max-batch-size",
        "batch-deadline: 5ms, max-batch-delay",
        "max-texts: 6000, max-in-flight",
        "max-tokens: 100000, max-in-flight-tokens"
    })
    void aKeyOfAnEarlierVersionIsAnsweredWithItsNewName(String setting, String renamed) {
        String old = setting.substring(0, setting.indexOf(':'));

        assertThat(failure(MINIMAL + "inference:\n  " + setting + "\n").problems())
                .containsExactly(
                        new ConfigProblem("inference." + old + " (line 12)", "unknown key", "renamed to " + renamed));
        assertThat(failure(MINIMAL + setting + "\n").problems())
                .extracting(ConfigProblem::allowed)
                .noneMatch(allowed -> allowed.contains("renamed"));
    }

    @Test
    void threadsThatAreNotGivenAreDividedAmongTheWorkers() {
        assertThat(load(MINIMAL + "inference: {workers: 3}\n", Map.of())
                        .inference()
                        .threads())
                .isEqualTo(1);
        assertThat(load(MINIMAL + "inference: {max-batch-delay: 1ms}\n", Map.of())
                        .inference()
                        .threads())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "512KB, 524288", "3 MB, 3145728", "2GB, 2147483648"})
    void sizesHaveAUnit(String cache, long bytes) {
        Pipeline pipeline =
                load(MINIMAL.replace("model: tagger-en", "model: tagger-en\n    cache: " + cache), Map.of());

        assertThat(pipeline.stages().get(0).cache()).isEqualTo(bytes);
    }

    @Test
    void anEmptyFileNamesAllThatIsRequired() {
        assertThat(failure("").problems())
                .extracting(ConfigProblem::where)
                .containsExactlyInAnyOrder(
                        "kafka.bootstrap.servers",
                        "registry.schema.registry.url",
                        "topics.input",
                        "topics.output",
                        "stages");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            main.consumer.max.poll.recods  | did you mean main.consumer.max.poll.records?
            producer.lingr.ms              | did you mean producer.linger.ms?
            procesing.guarantee            | did you mean processing.guarantee?
            nothing.like.it.at.all.in.kafka| allowed are settings of Kafka Streams and its clients
            """)
    void aMisspeltKafkaSettingNamesTheNearest(String name, String allowed) {
        ConfigurationException failure = failure(MINIMAL.replace("kafka:\n", "kafka:\n  " + name + ": 1\n"));

        assertThat(failure.problems())
                .containsExactly(new ConfigProblem("kafka." + name + " (line 2)", "unknown setting", allowed));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            processing.exception.handler            | a.b.C
            errors.dead.letter.queue.topic.name     | dead
            main.consumer.group.id                  | other
            default.value.serde                     | a.b.C
            interceptor.classes                     | a.b.C
            producer.acks                           | 1
            enable.idempotence                      | false
            producer.transactional.id               | mine
            """)
    void settingsThatBreakTheGuaranteesAreRefused(String name, String value) {
        ConfigurationException failure =
                failure(MINIMAL.replace("kafka:\n", "kafka:\n  " + name + ": " + value + "\n"));

        assertThat(failure.problems()).extracting(ConfigProblem::where).containsExactly("kafka." + name + " (line 2)");
    }

    @Test
    void aVariableThatIsNotSetIsAProblemAndOneWithADefaultIsNot() {
        ConfigurationException failure = failure(MINIMAL.replace("input: texts", "input: ${TOPIC}-${OTHER:x}"));

        assertThat(failure.problems())
                .extracting(ConfigProblem::toString)
                .containsExactly(
                        "topics.input (line 6): environment variable TOPIC is not set; set it or give a default: ${NAME:default}");
    }

    @Test
    void valuesFromTheEnvironmentAreNotShown() {
        String document =
                """
                application-id: ${SECRET}
                kafka:
                  bootstrap.servers: localhost:9092
                  num.stream.threads: ${SECRET}
                  sasl.jaas.config: ${SECRET}
                  acks: x${SECRET}
                registry:
                  schema.registry.url: ${SECRET}
                topics:
                  input: ${SHORT}
                  output: a ${SECRET} b
                language:
                  detect: ${SECRET},${SECRET}
                  default: ${SECRET}
                stages:
                  - name: ${SECRET}
                    model: m
                    timeout: ${SECRET}
                    on-error: ${SECRET}
                inference:
                  device: ${SECRET}
                  workers: ${NONE:many}
                """;
        PipelineLoader loader = new PipelineLoader(
                Map.of("SECRET", "Xy!7 qwerty", "SHORT", "?"),
                folder,
                settings -> {
                    throw new IllegalArgumentException("bad url: " + settings.get("schema.registry.url"));
                },
                PROCESSORS);

        ConfigurationException failure =
                catchThrowableOfType(ConfigurationException.class, () -> load(loader, document));

        assertThat(failure.problems()).hasSize(14);
        assertThat(failure)
                .hasMessageNotContainingAny("qwerty", "?;")
                .hasMessageContainingAll(
                        "application-id (line 1): ${SECRET}; allowed are letters",
                        "kafka.num.stream.threads (line 4): ${SECRET}; allowed is int",
                        "kafka.acks (line 6): x${SECRET}; allowed is all",
                        "registry (line 7): bad url: ${SECRET}; allowed are",
                        "topics.input (line 10): ${SHORT}; allowed is a topic name",
                        "topics.output (line 11): a ${SECRET} b; allowed is a topic name",
                        "language.detect (line 13): [${SECRET},${SECRET}, ${SECRET},${SECRET}]; allowed are",
                        "inference.workers (line 22): many; allowed is a whole number from 1 to 1024");
    }

    @Test
    void numbersAndBooleansMayComeFromTheEnvironment() {
        Pipeline pipeline = load(
                MINIMAL.replace("topics:", "topics:\n  create: ${CREATE}\n  partitions: ${PARTITIONS}")
                        + "dead-letters: {max-share: '${SHARE:0.25}'}\n",
                Map.of("CREATE", "true", "PARTITIONS", " 12\n"));

        assertThat(pipeline.topics().create()).isTrue();
        assertThat(pipeline.topics().partitions()).isEqualTo(12);
        assertThat(pipeline.deadLetters().maxShare()).isEqualTo(0.25);
    }

    @Test
    void anEscapedReferenceIsNoReferenceToTheSchemaEither() {
        assertThat(failure(MINIMAL + "inference: {workers: '$${WORKERS}'}\n").problems())
                .extracting(ConfigProblem::toString)
                .containsExactly("inference.workers (line 11): ${WORKERS}; allowed is a whole number from 1 to 1024");
    }

    @Test
    void aDoubledDollarKeepsTheTextForKafkasOwnConfigProviders() {
        Pipeline pipeline =
                load(MINIMAL.replace("kafka:\n", "kafka:\n  sasl.jaas.config: $${file:/run/secrets:jaas}\n"), Map.of());

        assertThat(pipeline.kafka()).containsEntry("sasl.jaas.config", "${file:/run/secrets:jaas}");
    }

    @Test
    void aDuplicateKeyNamesBothLines() {
        ConfigurationException failure = failure(MINIMAL.replace("  output:", "  input: again\n  output:"));

        assertThat(failure.problems())
                .extracting(ConfigProblem::toString)
                .containsExactly("topics.input (line 7): a second time, first on line 6; once is allowed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            'a: [1, 2'       | not YAML
            '- a'            | a list
            'just text'      | a single value
            'a: *b'          | alias
            """)
    void whatIsNoMappingIsSaidOnce(String document, String found) {
        ConfigurationException failure = failure(document);

        assertThat(failure.problems().get(0).where()).contains("line 1");
        assertThat(failure.problems().get(0).found()).contains(found);
    }

    @Test
    void textsMayLookLikeNumbersBooleansAndNothing() {
        Pipeline pipeline = load(
                MINIMAL.replace("input: texts", "input: 1.10")
                        .replace("output: enriched-texts", "output: yes\n  dead-letters: 'null'")
                        .replace("kafka:", "kafka:\n  client.id: 0x10\n  client.rack: off"),
                Map.of());

        assertThat(pipeline.topics()).isEqualTo(TopicSettings.existing("1.10", "yes", "null"));
        assertThat(pipeline.kafka()).containsEntry("client.id", "0x10").containsEntry("client.rack", "off");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            create: yes             | topics.create (line 6): yes; allowed are true and false
            create: True            | topics.create (line 6): True; allowed are true and false
            create:                 | topics.create (line 6): no value; allowed are true and false
            partitions: 1_000       | topics.partitions (line 6): 1_000; allowed is a whole number from 1 to 100000
            partitions: 0x10        | topics.partitions (line 6): 0x10; allowed is a whole number from 1 to 100000
            partitions: 8.0         | topics.partitions (line 6): 8.0; allowed is a whole number from 1 to 100000
            partitions: 1e3         | topics.partitions (line 6): 1e3; allowed is a whole number from 1 to 100000
            partitions: 99999999999999999999999 | topics.partitions (line 6): 99999999999999999999999; allowed is a whole number from 1 to 100000
            partitions: [8]         | topics.partitions (line 6): a list; allowed is a whole number from 1 to 100000
            replication-factor: 32768 | topics.replication-factor (line 6): 32768; allowed is a whole number from 1 to 32767
            dead-letters: "in\\n"   | topics.dead-letters (line 6): in; allowed is a topic name: letters, digits, '.', '_' and '-', at most 249
            dead-letters: ..        | topics.dead-letters (line 6): ..; allowed is a topic name: letters, digits, '.', '_' and '-', at most 249
            dead-letters: ' '       | topics.dead-letters (line 6): a blank text; allowed is a topic name: letters, digits, '.', '_' and '-', at most 249
            1: x                    | topics.1 (line 6): unknown key; known are create, dead-letters, input, input-pattern, output, partitions, replication-factor
            true: x                 | topics.true (line 6): unknown key; known are create, dead-letters, input, input-pattern, output, partitions, replication-factor
            Dead_Letters: x         | topics.Dead_Letters (line 6): unknown key; did you mean dead-letters?
            """)
    void whatIsNotOfItsTypeIsRefused(String setting, String problem) {
        ConfigurationException failure = failure(MINIMAL.replace("topics:", "topics:\n  " + setting));

        assertThat(failure.problems()).extracting(ConfigProblem::toString).containsExactly(problem);
    }

    @Test
    void aSectionMayBeEmptyUnlessItHasRequiredKeys() {
        assertThat(load(MINIMAL + "language:\ninference: {}\ndead-letters: ~\n", Map.of()))
                .isEqualTo(load(MINIMAL, Map.of()));
        assertThat(failure(MINIMAL.replaceAll("(?m)^  (input|output).*\\n", "")).problems())
                .extracting(ConfigProblem::where)
                .containsExactlyInAnyOrder("topics.input", "topics.output");
    }

    @Test
    void problemsAreInTheOrderOfTheFile() {
        ConfigurationException failure = failure(
                """
                inference: {workers: 0}
                stages:
                  - {name: tag, model: a, cache: 1}
                  - {name: tag, model: a, cahce: 0}
                topics: {input: a, output: a}
                kafka: {bootstrap.servers: 'a:1', foo: 1}
                """);

        assertThat(failure.problems())
                .extracting(ConfigProblem::where)
                .containsExactly(
                        "inference.workers (line 1)",
                        "stages[0].cache (line 3)",
                        "stages[1].cahce (line 4)",
                        "stages[1].name (line 4)",
                        "topics.output (line 5)",
                        "kafka.foo (line 6)",
                        "registry.schema.registry.url");
    }

    @Test
    void anInputWhoseNameLeavesNoRoomForThatOfTheDeadLettersNeedsTheirName() {
        String input = "a".repeat(240);

        assertThat(failure(MINIMAL.replace("input: texts", "input: " + input)).problems())
                .extracting(ConfigProblem::where)
                .containsExactly("topics.dead-letters");
        assertThat(load(MINIMAL.replace("input: texts", "dead-letters: b\n  input: " + input), Map.of())
                        .topics()
                        .deadLetters())
                .isEqualTo("b");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstKey() {
        assertThat(load("\uFEFF" + MINIMAL, Map.of())).isEqualTo(load(MINIMAL, Map.of()));
    }

    @Test
    void tagsChangeNothing() {
        assertThat(load(MINIMAL.replace("input: texts", "input: !!str texts"), Map.of()))
                .isEqualTo(load(MINIMAL, Map.of()));
        assertThat(load(MINIMAL.replace("input: texts", "input: !!java.net.URL texts"), Map.of()))
                .isEqualTo(load(MINIMAL, Map.of()));
    }

    @Test
    void aSecondDocumentIsRefused() {
        assertThat(failure(MINIMAL + "---\n" + MINIMAL).problems())
                .extracting(ConfigProblem::toString)
                .containsExactly("line 12: a second document; one is allowed");
    }

    @Test
    void anAliasIsRefusedHoweverOftenItWouldMultiply() {
        String bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
                + IntStream.range(0, 12)
                        .mapToObj(i -> "%c: &%<c [%s]\n"
                                .formatted('b' + i, "*%c, ".formatted('a' + i).repeat(9)))
                        .collect(Collectors.joining());

        assertThat(failure(bomb + MINIMAL).problems())
                .filteredOn(problem -> problem.found().startsWith("alias"))
                .hasSize(108)
                .allSatisfy(problem -> assertThat(problem.allowed()).isEqualTo("write the value out"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? "})
    void deepNestingIsRefused(String opening) {
        ConfigurationException failure = failure("models: " + opening.repeat(100_000));

        assertThat(failure.problems()).isNotEmpty();
        assertThat(failure.getMessage()).contains("line 1").hasSizeLessThan(2000);
    }

    @Test
    void aFileOfMoreThanAMegabyteIsRefused() {
        assertThat(failure(MINIMAL + "#".repeat(1 << 20)))
                .hasMessageContaining("file: more than 1048576 bytes; allowed is a pipeline file in YAML");
        assertThat(load(MINIMAL + "#".repeat(1_000_000), Map.of())).isEqualTo(load(MINIMAL, Map.of()));
    }

    @Test
    void aLongValueIsCutInItsMessage() {
        ConfigurationException failure = failure(MINIMAL + "inference: {device: " + "x".repeat(100_000) + "}\n");

        assertThat(failure.getMessage())
                .contains("inference.device (line 11): xxx")
                .hasSizeLessThan(1000);
    }

    @Test
    void whatTheRegistrysClientRefusesIsAProblemOfItsSection() throws IOException {
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), MINIMAL);
        PipelineLoader loader = new PipelineLoader(Map.of(), folder, settings -> {
            throw new IllegalArgumentException("url of " + settings.size() + " is odd");
        });

        assertThatThrownBy(() -> loader.load(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("registry (line 3): url of 1 is odd");
    }

    @Test
    void allThatTheRegistrysClientRefusesIsShown() {
        PipelineLoader loader = new PipelineLoader(Map.of(), folder, settings -> {
            throw new IllegalArgumentException("unknown setting; ".repeat(1000) + "and a last one");
        });

        assertThatThrownBy(() -> load(loader, MINIMAL)).hasMessageContaining("and a last one; allowed are");
    }

    @Test
    void aMissingFileAndOneThatIsNotTextAreNamed() throws IOException {
        Path latin = folder.resolve("latin.yaml");
        Files.write(latin, "a: é".getBytes(StandardCharsets.ISO_8859_1));
        PipelineLoader loader = loader(Map.of());

        assertThatThrownBy(() -> loader.load(folder.resolve("none.yaml")))
                .hasMessageContaining("none.yaml has 1 problem:\n  file: no such file");
        assertThatThrownBy(() -> loader.load(latin)).hasMessageContaining("file: not UTF-8");
    }

    private Pipeline load(String document, Map<String, String> environment) {
        return load(loader(environment), document);
    }

    private Pipeline load(PipelineLoader loader, String document) {
        try {
            return loader.load(Files.writeString(folder.resolve("pipeline.yaml"), document));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ConfigurationException failure(String document) {
        return catchThrowableOfType(ConfigurationException.class, () -> load(document, Map.of()));
    }

    private static PipelineLoader loader(Map<String, String> environment) {
        return new PipelineLoader(environment, Path.of("default-models"), settings -> {}, PROCESSORS);
    }
}

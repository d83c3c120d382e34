package dev.lexstream.app.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.config.PipelineLoader;
import dev.lexstream.config.TopicSettings;
import dev.lexstream.failure.ExitCode;
import dev.lexstream.failure.Reason;
import dev.lexstream.stream.StreamLab;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks against a real broker and a real registry: what is told, how it ends, and that nothing is changed. */
class PipelineCheckIT {

    private static final PipelineCheck.Limits LIMITS =
            new PipelineCheck.Limits(Duration.ofMinutes(2), Duration.ofSeconds(3), Duration.ofSeconds(3));
    private static final String NOBODY = "127.0.0.1:1";

    private static StreamLab lab;

    @TempDir
    private Path folder;

    private final List<Finding> findings = new ArrayList<>();

    @BeforeAll
    static void start() {
        lab = new StreamLab();
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    private Summary check(TopicSettings topics, String... more) throws Exception {
        return check(lab.bootstrapServers(), lab.registryUrl(), topics.input(), topics, more);
    }

    private Summary check(String broker, String registry, String input, TopicSettings topics, String... more)
            throws Exception {
        Path file = Files.writeString(
                folder.resolve("pipeline.yaml"),
                """
                application-id: check
                kafka: {bootstrap.servers: "%s"}
                registry: {schema.registry.url: "%s"}
                topics:
                  %s
                  output: %s
                  dead-letters: %s
                  create: %s
                stages:
                  - {name: tag, model: tagger-en}
                %s
                """
                        .formatted(
                                broker,
                                registry,
                                input.contains(":") ? input : "input: " + input,
                                topics.output(),
                                topics.deadLetters(),
                                topics.create(),
                                String.join("\n", more)));
        PipelineLoader loader =
                new PipelineLoader(Map.of(), Path.of(System.getProperty("lexstream.models")), settings -> {});
        findings.clear();
        return new PipelineCheck(loader, LIMITS).check(file, false, findings::add);
    }

    private List<String> told(Class<? extends Finding> kind) {
        return findings.stream()
                .filter(kind::isInstance)
                .map(finding -> finding.what() + " | " + String.join(" | ", finding.details()))
                .toList();
    }

    private List<Reason> reasons() {
        return findings.stream()
                .filter(Finding.Failed.class::isInstance)
                .map(finding -> ((Finding.Failed) finding).reason())
                .toList();
    }

    /** All that a check might have changed. */
    private record State(Set<String> topics, String subjects) {

        static State now() throws Exception {
            try (Admin admin = lab.admin()) {
                return new State(
                        admin.listTopics(new ListTopicsOptions().listInternal(true))
                                .names()
                                .get(),
                        get("/subjects"));
            }
        }
    }

    private static String get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(lab.registryUrl() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static void register(String subject, String schema) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(lab.registryUrl() + "/subjects/" + subject + "/versions"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"schema\": \"" + schema.replace("\"", "\\\"") + "\"}"))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    @Test
    void aGoodPipelineIsAllOkAndNothingIsChanged() throws Exception {
        TopicSettings topics = lab.topics(3);
        State before = State.now();

        Summary summary = check(topics);

        assertThat(findings).allMatch(Finding.Passed.class::isInstance);
        assertThat(summary.code()).isEqualTo(ExitCode.OK);
        assertThat(told(Finding.Passed.class).toString())
                .contains("1 broker, in ", "input topic " + topics.input() + ": 3 partitions")
                .contains("output topic " + topics.output() + ": 3 partitions", "no authorizer")
                .contains("subject " + topics.output() + "-value: would be registered, as the first version");
        assertThat(State.now()).isEqualTo(before);
    }

    @Test
    void aMissingOutputTopicIsToldWithItsLine() throws Exception {
        TopicSettings topics = lab.names();
        lab.createTopic(topics.input(), 1, Map.of());
        lab.createTopic(topics.deadLetters(), 1, Map.of());

        Summary summary = check(topics);

        assertThat(told(Finding.Failed.class))
                .singleElement()
                .asString()
                .contains(
                        "output topic " + topics.output() + ": there is none",
                        "topics.output (line 6)",
                        "topics.create");
        assertThat(summary.code()).isEqualTo(ExitCode.CONFIGURATION);
    }

    @Test
    void topicsThatRunWouldCreateAreNotCreated() throws Exception {
        TopicSettings names = lab.names();
        TopicSettings topics = new TopicSettings(
                names.input(),
                names.output(),
                names.deadLetters(),
                true,
                names.partitions(),
                names.replicationFactor());
        State before = State.now();

        assertThat(check(topics).code()).isEqualTo(ExitCode.OK);
        assertThat(told(Finding.Passed.class))
                .filteredOn(line -> line.contains("not there yet, run creates it with 8 partitions"))
                .hasSize(3);
        assertThat(check(
                                lab.bootstrapServers(),
                                lab.registryUrl(),
                                "input: " + topics.input() + "\n  replication-factor: 3",
                                topics)
                        .code())
                .as("one broker for three replicas")
                .isNotEqualTo(ExitCode.OK);
        assertThat(told(Finding.Failed.class)).hasSize(3).allMatch(line -> line.contains("it cannot be created"));
        assertThat(State.now()).isEqualTo(before);
    }

    @Test
    void compactionIsAWarningForOutputAndAFailureForDeadLetters() throws Exception {
        TopicSettings topics = lab.names();
        lab.createTopic(topics.input(), 1, Map.of());
        Map<String, String> compacted =
                Map.of("cleanup.policy", "compact", "message.timestamp.before.max.ms", "604800000");
        lab.createTopic(topics.output(), 1, compacted);
        lab.createTopic(topics.deadLetters(), 1, compacted);

        Summary summary = check(topics);

        assertThat(told(Finding.Warned.class))
                .singleElement()
                .asString()
                .contains("output topic " + topics.output(), "output-without-key", "older than 7d");
        assertThat(told(Finding.Failed.class))
                .singleElement()
                .asString()
                .contains("dead-letter topic", "is compacted", "topics.dead-letters (line 7)");
        assertThat(summary.code()).isEqualTo(ExitCode.CONFIGURATION);
    }

    @Test
    void aPatternSaysWhatMatchesNow() throws Exception {
        TopicSettings topics = lab.topics(1);
        assertThat(check(
                                lab.bootstrapServers(),
                                lab.registryUrl(),
                                "input-pattern: " + topics.input() + "(-.*)?",
                                topics)
                        .code())
                .isEqualTo(ExitCode.OK);
        assertThat(told(Finding.Passed.class).toString()).contains(": 1 now | " + topics.input());

        assertThat(check(lab.bootstrapServers(), lab.registryUrl(), "input-pattern: nobody-.*", topics)
                        .code())
                .isEqualTo(ExitCode.OK);
        assertThat(told(Finding.Warned.class)).singleElement().asString().contains("nobody-.*: none now");
    }

    @Test
    void aBrokerThatIsAwayIsAFailureAndTheRegistryIsCheckedAllTheSame() throws Exception {
        long begin = System.nanoTime();
        TopicSettings topics = lab.names();
        Summary summary = check(NOBODY, lab.registryUrl(), topics.input(), topics);

        assertThat(told(Finding.Failed.class))
                .singleElement()
                .asString()
                .contains("no cluster at " + NOBODY, "no answer from kafka.bootstrap.servers")
                .doesNotContain("Exception");
        assertThat(told(Finding.Passed.class).toString()).contains("would be registered");
        assertThat(summary.code()).isEqualTo(ExitCode.INFRASTRUCTURE);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    void aRegistryThatIsAwayIsAFailure() throws Exception {
        TopicSettings topics = lab.topics(1);
        Summary summary = check(lab.bootstrapServers(), "http://" + NOBODY, topics.input(), topics);

        assertThat(told(Finding.Failed.class))
                .singleElement()
                .asString()
                .contains("registry at http://" + NOBODY, "(1 attempt)");
        assertThat(summary.code()).isEqualTo(ExitCode.INFRASTRUCTURE);
    }

    @Test
    void aSchemaThatIsRefusedIsTold() throws Exception {
        TopicSettings topics = lab.topics(1);
        register(topics.output() + "-value", "{\"type\": \"record\", \"name\": \"Other\", \"fields\": []}");

        Summary summary = check(topics);

        assertThat(told(Finding.Failed.class))
                .singleElement()
                .asString()
                .contains("the schema of dev.lexstream.avro.EnrichedText", "incompatible with the latest version");
        assertThat(reasons()).containsExactly(Reason.SCHEMA_REJECTED);
        assertThat(summary.code()).isEqualTo(ExitCode.CONFIGURATION);
    }

    @Test
    void mergedSchemasAreDerivedAndNotRegistered() throws Exception {
        String[] merged = {"input: {id: number, text: body}", "output: {shape: merged}"};
        TopicSettings topics = lab.topics(1);
        assertThat(check(topics, merged).code()).isEqualTo(ExitCode.OK);
        assertThat(told(Finding.Warned.class)).singleElement().asString().contains("no schema can be derived yet");

        register(
                topics.input() + "-value",
                """
                {"type": "record", "name": "Ticket", "fields": [{"name": "number", "type": "long"}, {"name": "body", "type": "string"}]}""");
        State before = State.now();
        assertThat(check(topics, merged).code()).isEqualTo(ExitCode.OK);
        assertThat(told(Finding.Passed.class).toString())
                .contains("1 version of its schema, id ")
                .containsPattern("the schema derived from that with id \\d+ \\| subject " + topics.output()
                        + "-value: would be registered, as the first version");
        assertThat(State.now()).isEqualTo(before);

        TopicSettings taken = lab.topics(1);
        register(
                taken.input() + "-value",
                """
                {"type": "record", "name": "Taken", "fields": [{"name": "enrichment", "type": "string"}, {"name": "body", "type": "string"}]}""");
        assertThat(check(taken, "input: {text: body}", "output: {shape: merged}")
                        .code())
                .isEqualTo(ExitCode.CONFIGURATION);
        assertThat(told(Finding.Failed.class)).singleElement().asString().contains("has a field enrichment");
    }
}

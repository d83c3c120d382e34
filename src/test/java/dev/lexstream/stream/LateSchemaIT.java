package dev.lexstream.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.avro.TextEvent;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.PipelineDefaults;
import dev.lexstream.config.TopicSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A schema id that the registry does not know yet: its records wait, and nothing else does. */
class LateSchemaIT {

    private static final int COUNT = 1000;
    private static final int LATE = 500;
    private static final int PARTITIONS = 4;

    /** Just before records with the id would be given up, and almost as long as a transaction may be open. */
    private static final Duration LATENESS = Duration.ofSeconds(29);

    @AutoClose
    private static final StreamLab lab = new StreamLab();

    @AutoClose
    private final UpperCaseTagger tagger = new UpperCaseTagger(Duration.ofMillis(5));

    @Test
    void anIdThatAppearsWithinTheWaitHoldsUpItsPartitionAloneAndIsNoDeadLetter() throws Exception {
        TopicSettings topics = lab.topics(PARTITIONS);
        lab.encode(Texts.event("first", "registers the schema of events"), topics.input());
        // the one after that of the output's schema, which the first output registers
        int lateId = register("something else", "{\"type\": \"string\"}") + 2;
        lab.send(IntStream.range(0, COUNT).mapToObj(id -> {
            byte[] value = lab.encode(Texts.event("event-" + id, "text " + id), topics.input());
            if (id == LATE) {
                value[4] = (byte) lateId;
            }
            return StreamLab.record(topics.input(), id % PARTITIONS, StreamLab.key(id), id, value);
        }));
        int before = LATE / PARTITIONS;
        int others = COUNT / PARTITIONS * (PARTITIONS - 1);

        Pipeline pipeline =
                lab.pipeline(topics, Map.of(), PipelineDefaults.MAX_OUTAGE, PipelineDefaults.UNKNOWN_SCHEMA_WAIT);
        try (EnrichmentStream stream = lab.stream(pipeline, tagger, StreamLab.PATIENT)) {
            stream.start();
            long begin = System.nanoTime();
            Received meanwhile = lab.readUntil(
                    Set.of(topics.output()),
                    received -> received.of(topics.output()).size() >= others + before);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LATENESS);
            assertThat(meanwhile.ids(topics.output())).hasSize(others + before).doesNotContain(LATE);
            LockSupport.parkNanos(LATENESS.toNanos() - (System.nanoTime() - begin));

            assertThat(register("late", lateSchema())).isEqualTo(lateId);

            lab.readUntil(
                    Set.of(topics.output()),
                    received -> received.of(topics.output()).size() >= COUNT);
            assertThat(stream.deadLetters()).isZero();
            assertThat(stream.abortedTransactions()).isZero();
            assertThat(stream.fault()).isNotDone();
        }
        Received received = lab.readAll(StreamLab.outcomes(topics));
        assertThat(received.ids(topics.output()).stream().sorted().toList())
                .isEqualTo(IntStream.range(0, COUNT).boxed().toList());
    }

    /** The same fields under another doc: another schema, with the same bytes. */
    private static String lateSchema() {
        return TextEvent.getClassSchema().toString().replaceFirst("\\{", "{\"doc2\": \"late\", ");
    }

    /** Registers a schema and gives its id; ids count up. */
    private static int register(String subject, String schema) throws Exception {
        String body = "{\"schema\": \"" + schema.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(lab.registryUrl() + "/subjects/" + subject.replace(' ', '-') + "/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(body, UTF_8))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        return Integer.parseInt(answer.replaceAll(".*\"id\":\\s*(\\d+).*", "$1"));
    }
}

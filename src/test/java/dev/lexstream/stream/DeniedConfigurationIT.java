package dev.lexstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.config.TopicSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Where the configuration of a topic may not be read, the broker's refusals tell what it says. */
class DeniedConfigurationIT {

    private static final int COUNT = 1000;
    private static final int PARTITIONS = 4;

    @AutoClose
    private static final StreamLab lab = new StreamLab(Map.of(
            "authorizer.class.name", StandardAuthorizer.class.getName(), "allow.everyone.if.no.acl.found", "true"));

    @AutoClose
    private final UpperCaseTagger tagger = new UpperCaseTagger(Duration.ofMillis(5));

    @Test
    void eachRefusedRecordIsADeadLetterForOneAbortedTransaction() throws Exception {
        TopicSettings topics = lab.names();
        lab.createTopic(topics.input(), PARTITIONS, Map.of());
        lab.createTopic(topics.output(), PARTITIONS, Map.of("cleanup.policy", "compact"));
        lab.createTopic(topics.deadLetters(), 1, Map.of());
        deny(topics.output(), topics.deadLetters());
        List<Integer> poison = List.of(300, 301, 700);
        lab.send(IntStream.range(0, COUNT).mapToObj(id -> record(topics, id, poison.contains(id))));

        try (EnrichmentStream stream = lab.stream(lab.pipeline(topics, Map.of()), tagger, StreamLab.PATIENT)) {
            stream.start();
            lab.readUntil(
                    StreamLab.outcomes(topics),
                    received -> received.of(topics.output()).size()
                                    + received.of(topics.deadLetters()).size()
                            >= COUNT);
            assertThat(stream.fault()).isNotDone();
            assertThat(stream.abortedTransactions()).isBetween(1L, (long) poison.size());
        }

        Received received = lab.readAll(StreamLab.outcomes(topics));
        assertThat(received.ids(topics.deadLetters())).containsExactlyInAnyOrderElementsOf(poison);
        assertThat(received.of(topics.deadLetters()))
                .allSatisfy(letter -> assertThat(Received.header(letter, "__streams.errors.reason"))
                        .isEqualTo("output-refused"));
        assertThat(received.ids(topics.output()).stream().sorted().toList())
                .isEqualTo(IntStream.range(0, COUNT)
                        .filter(id -> !poison.contains(id))
                        .boxed()
                        .toList());
    }

    private static ProducerRecord<byte[], byte[]> record(TopicSettings topics, int id, boolean poison) {
        byte[] value = lab.encode(Texts.event("event-" + id, "text " + id), topics.input());
        ProducerRecord<byte[], byte[]> keyed =
                StreamLab.record(topics.input(), id % PARTITIONS, StreamLab.key(id), id, value);
        return poison
                ? new ProducerRecord<>(
                        keyed.topic(), keyed.partition(), keyed.timestamp(), null, value, keyed.headers())
                : keyed;
    }

    private static void deny(String... topics) throws Exception {
        try (Admin admin = lab.admin()) {
            for (String topic : topics) {
                admin.createAcls(List.of(
                                acl(topic, AclOperation.ALL, AclPermissionType.ALLOW),
                                acl(topic, AclOperation.DESCRIBE_CONFIGS, AclPermissionType.DENY)))
                        .all()
                        .get();
            }
        }
    }

    private static AclBinding acl(String topic, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                new AccessControlEntry("User:*", "*", operation, permission));
    }
}

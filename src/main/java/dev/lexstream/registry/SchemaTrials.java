package dev.lexstream.registry;

import dev.lexstream.registry.SchemaTrial.Verdict;
import java.util.List;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;

/**
 * Asks what would become of schemas. Sends no request that changes anything: schemas are looked up, and tested for
 * compatibility with the latest version.
 *
 * <p>Threading: may be called from any thread.
 */
final class SchemaTrials {
    private final SchemaRegistryClient client;
    private final RegistryRequests requests;
    private final boolean normalize;

    SchemaTrials(SchemaRegistryClient client, RegistryRequests requests, boolean normalize) {
        this.client = client;
        this.requests = requests;
        this.normalize = normalize;
    }

    /**
     * Asks of a schema that would be registered where it is lacking.
     *
     * @param what names the schema in messages
     * @throws RegistryUnavailableException if the registry gives no usable answer
     */
    SchemaTrial trial(String what, String subject, AvroSchema schema) {
        try {
            var id = requests.send(
                    "look up a schema of subject " + subject, () -> client.getId(subject, schema, normalize));
            return new SchemaTrial(what, subject, Verdict.REGISTERED, "registered, id " + id);
        } catch (RestClientException e) {
            return RegistryRequests.isNotFound(e)
                    ? compatibility(what, subject, schema)
                    : refused(what, subject, e.getMessage());
        }
    }

    private SchemaTrial compatibility(String what, String subject, AvroSchema schema) {
        try {
            List<String> problems = requests.send(
                    "test a schema for subject " + subject,
                    () -> client.testCompatibilityVerbose(subject, schema, normalize));
            return problems.isEmpty()
                    ? new SchemaTrial(
                            what, subject, Verdict.NEW, "would be registered: compatible with the latest version")
                    : refused(what, subject, "incompatible with the latest version: " + String.join("; ", problems));
        } catch (RestClientException e) {
            return RegistryRequests.isNotFound(e)
                    ? new SchemaTrial(what, subject, Verdict.NEW, "would be registered, as the first version")
                    : refused(what, subject, e.getMessage());
        }
    }

    private static SchemaTrial refused(String what, String subject, String why) {
        return new SchemaTrial(what, subject, Verdict.REFUSED, WireFormatException.printable(String.valueOf(why)));
    }
}

package dev.lexstream.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;

/**
 * Schemas as texts: those of others, with what they refer to, and those that are derived from them.
 *
 * <p>Threading: may be called from any thread.
 */
final class SchemaSources {
    private final RegistrySettings settings;
    private final SchemaRegistryClient client;
    private final RegistryRequests requests;
    private final SchemaTrials trials;

    SchemaSources(
            RegistrySettings settings, SchemaRegistryClient client, RegistryRequests requests, SchemaTrials trials) {
        this.settings = settings;
        this.client = client;
        this.requests = requests;
        this.trials = trials;
    }

    /**
     * The text of a schema that the client has parsed once.
     *
     * @throws RestClientException if the registry knows no such id
     */
    SchemaSource source(int id) throws RestClientException {
        var avro = (AvroSchema) requests.send("look up schema id " + id, () -> client.getSchemaById(id));
        var references = avro.references().stream()
                .map(r -> new SchemaSource.Reference(r.getName(), r.getSubject(), r.getVersion()))
                .toList();
        return new SchemaSource(avro.canonicalString(), references, avro.resolvedReferences());
    }

    /** Ids of the versions of the subject that has a topic's values, the oldest first; none if topics have no subject. */
    List<Integer> versions(String topic) {
        var ids = new ArrayList<Integer>();
        if (settings.subjects() != SubjectNameStrategy.TOPIC_NAME) {
            return ids; // subjects go by records, of which nobody knows which the topic has
        }
        var subject = settings.subjects().subject(topic, "");
        try {
            for (int version : versionNumbers(subject)) {
                var metadata = requests.send(
                        "look up version " + version + " of subject " + subject,
                        () -> client.getSchemaMetadata(subject, version));
                ids.add(metadata.getId());
            }
        } catch (RestClientException e) {
            requireNotFound(subject, e); // a version that has just been deleted
        }
        return ids;
    }

    /** Numbers of a subject's versions, ascending; none if there is no such subject. */
    List<Integer> versionNumbers(String subject) {
        try {
            return requests.send("list versions of subject " + subject, () -> client.getAllVersions(subject)).stream()
                    .sorted()
                    .toList();
        } catch (RestClientException e) {
            requireNotFound(subject, e);
            return List.of();
        }
    }

    private static void requireNotFound(String subject, RestClientException e) {
        if (!RegistryRequests.isNotFound(e)) {
            throw new SchemaRejectedException(
                    "the registry refuses to list versions of subject " + subject + ": " + e.getMessage(), e);
        }
    }

    /** What {@link SchemaRegistry#idOf} says. */
    int idOf(String topic, SchemaSource schema, String what) {
        requireSubjectOfItsOwn(what);
        var subject = settings.subjects().subject(topic, schema.schema().getFullName());
        try {
            var avro = avro(schema);
            if (settings.autoRegister()) {
                return requests.send(
                        "register a schema for subject " + subject,
                        () -> client.register(subject, avro, settings.normalize()));
            }
            var id = requests.send(
                    "look up a schema of subject " + subject, () -> client.getId(subject, avro, settings.normalize()));
            var latest = settings.useLatestVersion() ? latest(subject) : OptionalInt.empty();
            if (latest.isPresent() && latest.getAsInt() != id) {
                throw new SchemaRejectedException(
                        "%s has id %d in subject %s, where the latest has id %d; allowed is the latest while %s is true"
                                .formatted(what, id, subject, latest.getAsInt(), RegistrySettings.USE_LATEST_VERSION));
            }
            return id;
        } catch (RestClientException e) {
            throw new SchemaRejectedException(
                    RegistryRequests.isNotFound(e)
                            ? what + " is not registered for subject " + subject + "; register it or set "
                                    + RegistrySettings.AUTO_REGISTER + " to true"
                            : "the registry refuses " + what + " for subject " + subject + ": " + e.getMessage(),
                    e);
        }
    }

    /** What {@link SchemaRegistry#trial} says. */
    SchemaTrial trial(String topic, SchemaSource schema, String what) {
        var subject = settings.subjects().subject(topic, schema.schema().getFullName());
        try {
            requireSubjectOfItsOwn(what);
            if (settings.autoRegister()) {
                return trials.trial(what, subject, avro(schema));
            }
            return new SchemaTrial(
                    what, subject, SchemaTrial.Verdict.REGISTERED, "registered, id " + idOf(topic, schema, what));
        } catch (SchemaRejectedException e) {
            return new SchemaTrial(what, subject, SchemaTrial.Verdict.REFUSED, e.getMessage());
        }
    }

    private void requireSubjectOfItsOwn(String what) {
        if (settings.subjects() == SubjectNameStrategy.RECORD_NAME) {
            throw new SchemaRejectedException(
                    what + " would be a version of the subject that producers of its records write with; allowed for "
                            + RegistrySettings.SUBJECT_NAME_STRATEGY + " are "
                            + SubjectNameStrategy.TOPIC_NAME.shortName() + " and "
                            + SubjectNameStrategy.TOPIC_RECORD_NAME.shortName());
        }
    }

    private OptionalInt latest(String subject) throws RestClientException {
        return OptionalInt.of(requests.send(
                        "look up the latest schema of subject " + subject,
                        () -> client.getLatestSchemaMetadata(subject))
                .getId());
    }

    private static AvroSchema avro(SchemaSource schema) {
        var references = schema.references().stream()
                .map(r -> new SchemaReference(r.name(), r.subject(), r.version()))
                .toList();
        return new AvroSchema(schema.text(), references, new LinkedHashMap<>(schema.referenced()), null);
    }
}

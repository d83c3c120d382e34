package dev.lexstream.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.CompatibilityLevel;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.ParsedSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.ParsedSchemaHolder;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.SimpleParsedSchemaHolder;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaMetadata;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;

/**
 * Subjects, versions and ids in Confluent's in-memory client, with what that leaves to the server: compatibility is checked
 * on registration, and a schema, a version and a subject that are not there each have their own error code.
 *
 * <p>Threading: used by one thread at a time.
 */
final class RegistryStore {
    private final MockSchemaRegistryClient client = new MockSchemaRegistryClient();
    private final Map<String, CompatibilityLevel> levels = new HashMap<>();
    private CompatibilityLevel globalLevel = CompatibilityLevel.BACKWARD;

    /**
     * A schema as a client sends it.
     *
     * @param type schema type, of which only AVRO is known
     * @param text the schema
     * @param references schemas of other subjects that {@code text} names
     */
    record SubmittedSchema(String type, String text, List<SchemaReference> references) {
        SubmittedSchema {
            references = List.copyOf(references);
        }
    }

    Collection<String> subjects() throws IOException, RestClientException {
        return client.getAllSubjects();
    }

    List<Integer> versions(String subject) throws IOException, RestClientException {
        requireSubject(subject);
        return client.getAllVersions(subject);
    }

    int register(String subject, SubmittedSchema submitted, boolean normalize) throws IOException, RestClientException {
        var schema = parse(submitted);
        if (versionOf(subject, schema, normalize).isEmpty()) {
            var problems = incompatibilities(subject, null, submitted);
            if (!problems.isEmpty()) {
                throw new RestClientException(
                        "Schema being registered is incompatible with an earlier schema for subject \"" + subject
                                + "\", details: " + problems,
                        409,
                        409);
            }
        }
        return client.register(subject, schema, normalize);
    }

    Map<String, Object> lookUp(String subject, SubmittedSchema submitted, boolean normalize)
            throws IOException, RestClientException {
        requireSubject(subject);
        var version = versionOf(subject, parse(submitted), normalize)
                .orElseThrow(() -> new RestClientException("Schema not found", 404, 40403));
        return version(subject, version.toString());
    }

    Map<String, Object> version(String subject, String version) throws IOException, RestClientException {
        var metadata = metadata(subject, version);
        var answer = new LinkedHashMap<String, Object>();
        answer.put("subject", subject);
        answer.put("version", metadata.getVersion());
        answer.put("id", metadata.getId());
        putSchema(answer, metadata.getSchema(), metadata.getReferences());
        return answer;
    }

    Map<String, Object> schema(int id) throws IOException, RestClientException {
        var schema = schemaById(id);
        var answer = new LinkedHashMap<String, Object>();
        putSchema(answer, schema.canonicalString(), schema.references());
        return answer;
    }

    Collection<String> subjects(int id) throws IOException, RestClientException {
        schemaById(id);
        // the client keeps schemas asked for by id alone under a subject without a name
        return client.getAllSubjectsById(id).stream()
                .filter(subject -> !subject.isEmpty())
                .toList();
    }

    List<Map<String, Object>> versions(int id) throws IOException, RestClientException {
        schemaById(id);
        return client.getAllVersionsById(id).stream()
                .filter(v -> !v.getSubject().isEmpty())
                .map(v -> Map.<String, Object>of("subject", v.getSubject(), "version", v.getVersion()))
                .toList();
    }

    List<Integer> deleteSubject(String subject, boolean permanent) throws IOException, RestClientException {
        requireSubject(subject);
        levels.remove(subject);
        return client.deleteSubject(Map.of(), subject, permanent);
    }

    int deleteVersion(String subject, String version, boolean permanent) throws IOException, RestClientException {
        var number = metadata(subject, version).getVersion();
        return client.deleteSchemaVersion(Map.of(), subject, Integer.toString(number), permanent);
    }

    /**
     * What speaks against a schema under the subject's level.
     *
     * @param version version to compare with; null for those the level asks for
     */
    List<String> incompatibilities(String subject, String version, SubmittedSchema submitted)
            throws IOException, RestClientException {
        var schema = parse(submitted);
        var earlier = new ArrayList<ParsedSchemaHolder>();
        if (version != null) {
            earlier.add(holder(metadata(subject, version)));
        } else if (client.getAllSubjects().contains(subject)) {
            for (var number : client.getAllVersions(subject)) {
                earlier.add(holder(metadata(subject, number.toString())));
            }
        }
        return schema.isCompatible(levels.getOrDefault(subject, globalLevel), earlier);
    }

    String level() {
        return globalLevel.name();
    }

    String level(String subject, boolean orGlobal) throws RestClientException {
        var level = levels.getOrDefault(subject, orGlobal ? globalLevel : null);
        if (level == null) {
            throw new RestClientException(
                    "Subject '" + subject + "' does not have subject-level compatibility configured", 404, 40408);
        }
        return level.name();
    }

    /** @param subject the subject; null for those that have no level of their own */
    String setLevel(String subject, String name) throws RestClientException {
        var level = CompatibilityLevel.forName(name);
        if (level == null) {
            throw new RestClientException(
                    "Invalid compatibility level. Valid values are " + List.of(CompatibilityLevel.values()),
                    422,
                    42203);
        }
        if (subject == null) {
            globalLevel = level;
        } else {
            levels.put(subject, level);
        }
        return level.name();
    }

    String removeLevel(String subject) throws RestClientException {
        var level = level(subject, false);
        levels.remove(subject);
        return level;
    }

    private ParsedSchema parse(SubmittedSchema submitted) throws RestClientException {
        return client.parseSchema(submitted.type(), submitted.text(), submitted.references())
                .orElseThrow(() -> new RestClientException(
                        "Invalid schema of type " + submitted.type() + "; allowed are valid schemas of type AVRO",
                        422,
                        42201));
    }

    /** The subject's version that holds a schema. The client cannot say so: its lookup fails on a schema it lacks. */
    private Optional<Integer> versionOf(String subject, ParsedSchema schema, boolean normalize)
            throws IOException, RestClientException {
        var wanted = normalize ? schema.normalize() : schema;
        if (client.getAllSubjects().contains(subject)) {
            for (var version : client.getAllVersions(subject)) {
                var known =
                        schemaById(client.getSchemaMetadata(subject, version).getId());
                if (known.canonicalString().equals(wanted.canonicalString())) {
                    return Optional.of(version);
                }
            }
        }
        return Optional.empty();
    }

    private SchemaMetadata metadata(String subject, String version) throws IOException, RestClientException {
        requireSubject(subject);
        if (version.equals("latest") || version.equals("-1")) {
            return client.getLatestSchemaMetadata(subject);
        }
        if (!version.matches("[1-9][0-9]{0,8}")) {
            throw new RestClientException(
                    "The specified version '" + version + "' is not a valid version id", 422, 42202);
        }
        if (!client.getAllVersions(subject).contains(Integer.valueOf(version))) {
            throw new RestClientException("Version " + version + " not found.", 404, 40402);
        }
        return client.getSchemaMetadata(subject, Integer.parseInt(version));
    }

    private ParsedSchemaHolder holder(SchemaMetadata metadata) throws IOException, RestClientException {
        return new SimpleParsedSchemaHolder(client.getSchemaById(metadata.getId()));
    }

    private ParsedSchema schemaById(int id) throws IOException, RestClientException {
        try {
            return client.getSchemaById(id);
        } catch (RestClientException e) {
            throw new RestClientException("Schema " + id + " not found", 404, 40403);
        }
    }

    private void requireSubject(String subject) throws IOException, RestClientException {
        if (!client.getAllSubjects().contains(subject)) {
            throw new RestClientException("Subject '" + subject + "' not found.", 404, 40401);
        }
    }

    private static void putSchema(Map<String, Object> answer, String schema, List<SchemaReference> references) {
        answer.put("schema", schema);
        if (references != null && !references.isEmpty()) {
            answer.put(
                    "references",
                    references.stream()
                            .map(r -> Map.of("name", r.getName(), "subject", r.getSubject(), "version", r.getVersion()))
                            .toList());
        }
    }
}

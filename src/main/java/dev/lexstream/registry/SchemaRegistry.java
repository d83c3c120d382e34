package dev.lexstream.registry;

import dev.lexstream.registry.SchemaText.NotAvroException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.ParsedSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;

/**
 * A connection to a Confluent Schema Registry, or to any that speaks its REST protocol, through Confluent's own client.
 *
 * <p>Settings have Confluent's names. Read here: {@code schema.registry.url} (required, comma-separated),
 * {@code auto.register.schemas} (default true, false with {@code use.latest.version}), {@code use.latest.version} (default
 * false), {@code normalize.schemas} (default false), {@code value.subject.name.strategy} (Confluent's class name or its
 * last part; default {@code TopicNameStrategy}), {@code max.retries} (default 4), {@code retries.wait.ms} (default 200,
 * doubled with each retry) and {@code retries.max.wait.ms} (default 10000). Passed on to the client:
 * {@code basic.auth.*}, {@code bearer.auth.*}, {@code schema.registry.*} with {@code schema.registry.ssl.*},
 * {@code proxy.*}, {@code sasl.*}, {@code request.header.*}, {@code http.connect.timeout.ms} (default 5000),
 * {@code http.read.timeout.ms} (default 10000) and {@code missing.*}.
 *
 * <p>Threading: may be called from any thread. Schemas are kept by id for ever, as registries never change them.
 */
public final class SchemaRegistry implements AutoCloseable {
    private final RegistrySettings settings;
    private final SchemaRegistryClient client;
    private final RegistryRequests requests;
    private final SchemaTrials trials;
    private final SchemaSources sources;
    private final Map<Integer, Schema> schemasById = new ConcurrentHashMap<>();
    private final Map<Integer, String> notAvroById = new ConcurrentHashMap<>();

    private SchemaRegistry(RegistrySettings settings, RetryPolicy.Sleeper sleeper) {
        this.settings = settings;
        this.client = new AvroSchemaClient(settings);
        this.requests = new RegistryRequests(withoutUserInfo(settings), settings.retries(), sleeper);
        this.trials = new SchemaTrials(client, requests, settings.normalize());
        this.sources = new SchemaSources(settings, client, requests, trials);
    }

    /**
     * Makes a connection. Nothing is sent before the first schema is needed.
     *
     * @param settings by Confluent's names; values may be text or typed
     * @throws IllegalArgumentException naming every setting that is missing, unknown or out of range
     */
    public static SchemaRegistry connect(Map<String, ?> settings) {
        return connect(settings, Thread::sleep);
    }

    static SchemaRegistry connect(Map<String, ?> settings, RetryPolicy.Sleeper sleeper) {
        return new SchemaRegistry(RegistrySettings.of(settings), sleeper);
    }

    /** Whether {@link #schema} would answer without asking the registry. */
    boolean knows(int id) {
        return schemasById.containsKey(id) || notAvroById.containsKey(id);
    }

    /**
     * The schema with an id.
     *
     * @throws UnknownSchemaException if the registry knows no such id: it may later, if a replica answered that lags behind
     * @throws WireFormatException if the id is that of no Avro schema, or of one that is too deep or too long; a bad schema
     *     is asked for and parsed once
     * @throws RegistryUnavailableException if the registry gives no usable answer
     */
    Schema schema(int id) {
        var known = schemasById.get(id);
        if (known != null) {
            return known;
        }
        var notAvro = notAvroById.get(id);
        if (notAvro != null) {
            throw new WireFormatException("schema id " + id + " " + notAvro);
        }
        try {
            var parsed = requests.send("look up schema id " + id, () -> client.getSchemaById(id));
            var schema = parse(parsed);
            schemasById.put(id, schema);
            return schema;
        } catch (RestClientException e) {
            throw new UnknownSchemaException(id, e);
        } catch (NotAvroException e) {
            notAvroById.put(id, e.getMessage());
            throw new WireFormatException("schema id " + id + " " + e.getMessage(), e);
        }
    }

    /**
     * The text of the schema with an id, and what it refers to.
     *
     * @throws UnknownSchemaException if the registry knows no such id: it may later
     * @throws WireFormatException if the id is that of no Avro schema, or of one that is too deep or too long
     * @throws RegistryUnavailableException if the registry gives no usable answer
     */
    public SchemaSource source(int id) {
        schema(id); // says what is wrong with it, and has the client keep it
        try {
            return sources.source(id);
        } catch (RestClientException e) {
            throw new UnknownSchemaException(id, e);
        }
    }

    /**
     * Ids of the schemas that values of a topic are registered with, the oldest version first. Empty if the topic has no subject,
     * or subjects are not named by topics alone.
     *
     * @throws SchemaRejectedException if the registry refuses to say
     * @throws RegistryUnavailableException if the registry gives no usable answer
     */
    public List<Integer> versions(String topic) {
        return sources.versions(topic);
    }

    /** Whether a schema that the registry lacks is registered, by the settings. */
    public boolean registers() {
        return settings.autoRegister();
    }

    /**
     * The id to write values of a topic with a schema that was made at run time: registered or looked up, by the settings. With
     * {@code use.latest.version} it has to be the latest.
     *
     * @param topic names the subject
     * @param what names the schema in messages, such as "the schema derived from schema id 7"
     * @throws SchemaRejectedException if the registry has or takes no such schema, or subjects are named by records alone
     * @throws RegistryUnavailableException if the registry gives no usable answer
     */
    public int idOf(String topic, SchemaSource schema, String what) {
        return sources.idOf(topic, schema, what);
    }

    /**
     * Asks for the versions of a topic's subject, whether there are any or not, to see that the registry answers.
     *
     * @throws SchemaRejectedException if the registry refuses to say
     * @throws RegistryUnavailableException if the registry gives no usable answer
     */
    public void reach(String topic) {
        sources.versionNumbers(settings.subjects().subject(topic, topic));
    }

    /**
     * What {@link #idOf} would come to. Nothing is registered.
     *
     * @throws RegistryUnavailableException if the registry gives no usable answer
     */
    public SchemaTrial trial(String topic, SchemaSource schema, String what) {
        return sources.trial(topic, schema, what);
    }

    /** What {@link #writerSchema} would come to. Nothing is registered. */
    SchemaTrial trial(String topic, Schema own) {
        var subject = settings.subjects().subject(topic, own.getFullName());
        var what = "the schema of " + own.getFullName();
        if (settings.autoRegister()) {
            return trials.trial(what, subject, new AvroSchema(own.toString()));
        }
        try {
            var id = writerSchema(topic, own).id();
            return new SchemaTrial(what, subject, SchemaTrial.Verdict.REGISTERED, "registered, id " + id);
        } catch (SchemaRejectedException e) {
            return new SchemaTrial(what, subject, SchemaTrial.Verdict.REFUSED, e.getMessage());
        }
    }

    /**
     * The schema and id to write values of a topic with, by the settings: registered, looked up, or the latest version.
     *
     * @param own schema of the records at hand
     * @throws SchemaRejectedException if the registry has or takes no schema these records can be written with
     * @throws RegistryUnavailableException if the registry gives no usable answer
     */
    WriterSchema writerSchema(String topic, Schema own) {
        var subject = settings.subjects().subject(topic, own.getFullName());
        try {
            if (settings.useLatestVersion()) {
                return latest(subject, own);
            }
            var schema = new AvroSchema(own.toString());
            var id = settings.autoRegister()
                    ? requests.send(
                            "register a schema for subject " + subject,
                            () -> client.register(subject, schema, settings.normalize()))
                    : requests.send(
                            "look up a schema of subject " + subject,
                            () -> client.getId(subject, schema, settings.normalize()));
            return new WriterSchema(id, own);
        } catch (RestClientException e) {
            throw new SchemaRejectedException(rejection(subject, own, e), e);
        }
    }

    private WriterSchema latest(String subject, Schema own) throws RestClientException {
        var latest = requests.send(
                "look up the latest schema of subject " + subject, () -> client.getLatestSchemaMetadata(subject));
        var schema = schema(latest.getId());
        var compatibility = SchemaCompatibility.checkReaderWriterCompatibility(schema, own);
        if (compatibility.getType() != SchemaCompatibilityType.COMPATIBLE) {
            throw new SchemaRejectedException(
                    "records of %s cannot be written with version %d of subject %s (schema id %d), the latest: %s"
                            .formatted(
                                    own.getFullName(),
                                    latest.getVersion(),
                                    subject,
                                    latest.getId(),
                                    compatibility.getResult().getIncompatibilities().stream()
                                            .map(i -> i.getType().name().toLowerCase(Locale.ROOT) + " at "
                                                    + i.getLocation() + " (" + i.getMessage() + ")")
                                            .collect(Collectors.joining(", "))));
        }
        return new WriterSchema(latest.getId(), schema);
    }

    private String rejection(String subject, Schema own, RestClientException e) {
        var what = "the schema of " + own.getFullName() + " for subject " + subject;
        if (!RegistryRequests.isNotFound(e)) {
            return "the registry refuses " + what + ": " + e.getMessage();
        }
        return settings.useLatestVersion()
                ? "subject " + subject + " has no version; register one or set " + RegistrySettings.USE_LATEST_VERSION
                        + " to false"
                : what + " is not registered; register it or set " + RegistrySettings.AUTO_REGISTER + " to true";
    }

    private static Schema parse(ParsedSchema parsed) {
        // through text, as the client brings its own relocated Avro
        try {
            return SchemaText.parse(((AvroSchema) parsed).rawSchema().toString());
        } catch (StackOverflowError e) {
            throw new NotAvroException(NotAvroException.TOO_DEEP);
        }
    }

    private static String withoutUserInfo(RegistrySettings settings) {
        return settings.urls().stream()
                .map(url -> url.replaceFirst("//[^/@]*@", "//"))
                .collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What records are written with.
     *
     * @param id the schema's id in the registry
     * @param schema the schema; differs from the records' own if a later version is registered
     */
    record WriterSchema(int id, Schema schema) {}
}

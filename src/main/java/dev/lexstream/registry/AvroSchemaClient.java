package dev.lexstream.registry;

import dev.lexstream.registry.SchemaText.NotAvroException;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.ParsedSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.entities.Schema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;

/**
 * Confluent's client, which takes every schema that it cannot parse for an outage; here that is told from one. So is a schema
 * whose references cannot be had from one whose references are bad.
 */
final class AvroSchemaClient extends CachedSchemaRegistryClient {
    private static final int SCHEMAS_CACHED_PER_SUBJECT = 1000;

    AvroSchemaClient(RegistrySettings settings) {
        super(settings.urls(), SCHEMAS_CACHED_PER_SUBJECT, settings.client(), settings.headers());
    }

    /**
     * The schema with an id.
     *
     * @throws NotAvroException if the registry has the id, but not for an Avro schema
     */
    @Override
    protected ParsedSchema getSchemaByIdFromRegistry(int id, String subject) throws IOException, RestClientException {
        try {
            return super.getSchemaByIdFromRegistry(id, subject);
        } catch (ReferenceException e) {
            if (e.getCause() instanceof RestClientException failure) {
                throw failure;
            }
            throw new IOException(e.getMessage(), e.getCause());
        }
    }

    @Override
    public Optional<ParsedSchema> parseSchema(Schema schema) {
        var type = schema.getSchemaType();
        if (type != null && !type.equals(AvroSchema.TYPE)) {
            throw new NotAvroException("is that of a schema of type " + type + "; allowed is " + AvroSchema.TYPE);
        }
        requireBounded(schema);
        try {
            return Optional.of(getSchemaProviders().get(AvroSchema.TYPE).parseSchemaOrElseThrow(schema, false, false));
        } catch (ReferenceException | NotAvroException e) {
            throw e;
        } catch (RuntimeException e) {
            throw NotAvroException.invalid(e);
        } catch (StackOverflowError e) {
            throw new NotAvroException(NotAvroException.TOO_DEEP);
        }
    }

    /** Called for each reference of a schema that is being parsed. */
    @Override
    public Schema getByVersion(String subject, int version, boolean lookupDeletedSchema) {
        Schema schema;
        try {
            schema = super.getByVersion(subject, version, lookupDeletedSchema);
        } catch (RuntimeException e) {
            // how the client carries what may not be thrown there
            if (e.getCause() instanceof IOException || e.getCause() instanceof RestClientException) {
                throw new ReferenceException(subject, version, e.getCause());
            }
            throw e;
        }
        if (schema != null) {
            requireBounded(schema);
        }
        return schema;
    }

    private static void requireBounded(Schema schema) {
        if (schema.getSchema() == null) {
            throw new NotAvroException(NotAvroException.INVALID);
        }
        SchemaText.problem(schema.getSchema()).ifPresent(problem -> {
            throw new NotAvroException(problem);
        });
    }

    /** A referenced schema could not be had. */
    private static final class ReferenceException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ReferenceException(String subject, int version, Throwable cause) {
            super(
                    "no answer for version %d of subject %s, to which the schema refers".formatted(version, subject),
                    cause);
        }
    }
}

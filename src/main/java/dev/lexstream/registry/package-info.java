/**
 * Avro records on Kafka through a Confluent Schema Registry, in the Confluent wire format: magic byte 0, schema id as a
 * 4-byte big-endian integer, Avro binary.
 *
 * <p>{@link dev.lexstream.registry.SchemaRegistry} is the connection, one per process;
 * {@link dev.lexstream.registry.AvroSerializer} and {@link dev.lexstream.registry.AvroDeserializer} work through it.
 * Values that are made of others keep their bytes: {@link dev.lexstream.registry.ValueSplitter} finds the place of one more field,
 * {@link dev.lexstream.registry.LastField} has that field's bytes, and {@link dev.lexstream.registry.SchemaSource} is the text from
 * which the schema is derived.
 *
 * <p>Failures come as three exceptions, which is how the rest of the application tells what to do about them:
 * {@link dev.lexstream.registry.WireFormatException} (this record is bad),
 * {@link dev.lexstream.registry.RegistryUnavailableException} (the registry cannot be used now) and
 * {@link dev.lexstream.registry.SchemaRejectedException} (the deployment is wrong: no record can be written).
 */
package dev.lexstream.registry;

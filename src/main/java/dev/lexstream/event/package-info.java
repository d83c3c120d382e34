/**
 * What happens to be enriched, as plain records: a {@link dev.lexstream.event.TextEvent} and the
 * {@link dev.lexstream.event.Language} of its text. Knows neither Kafka nor Avro.
 */
package dev.lexstream.event;

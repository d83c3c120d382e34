/**
 * Bytes to events and back. {@link dev.lexstream.codec.EventDecoder} makes a {@link dev.lexstream.event.TextEvent} worth enriching
 * of an input record, or says why it is none; {@link dev.lexstream.codec.EnrichedTextEncoder} makes the value of an output record
 * of an {@link dev.lexstream.plan.EnrichedEvent}. The one room where domain records meet the classes generated from
 * {@code schemas/}.
 */
package dev.lexstream.codec;

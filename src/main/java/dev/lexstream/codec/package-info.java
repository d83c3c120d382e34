/**
 * Bytes to events and back. {@link dev.lexstream.codec.EventDecoder} makes a {@link dev.lexstream.event.TextEvent} worth enriching
 * of an input record, or says why it is none; {@link dev.lexstream.codec.OutputEncoder} makes the value of an output record of
 * that record and an {@link dev.lexstream.plan.EnrichedEvent}. {@code codec.field} finds events in records of any shape,
 * {@code codec.merged} puts what was found into them. The one room where domain records meet the classes generated from
 * {@code schemas/}.
 */
package dev.lexstream.codec;

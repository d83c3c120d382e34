/**
 * What comes in and what goes out. {@link dev.lexstream.event.EventDecoder} turns the value of an input record into a
 * {@code TextEvent} worth enriching or says why it is none; {@link dev.lexstream.event.EnrichedTextEncoder} turns an
 * {@code EnrichedText} into the value of an output record. Both records are generated from {@code schemas/}.
 */
package dev.lexstream.event;

/**
 * Text events through Kafka Streams. {@code stream.intake} polls, submits to the models and holds what is not ready. The
 * {@link dev.lexstream.stream.EnrichProcessor} turns a record with its results into the output record.
 * {@code stream.topic} knows what the topics take. {@code stream.fault} decides what a failure means: a dead letter, a new
 * attempt, or the end. {@link dev.lexstream.stream.EnrichmentStream} runs it all.
 */
package dev.lexstream.stream;

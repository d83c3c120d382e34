/**
 * From the poll to the processor. {@link dev.lexstream.stream.intake.ReadyConsumer} polls Kafka's own consumer;
 * {@link dev.lexstream.stream.intake.Intake} decodes and submits what that returns and attaches an
 * {@link dev.lexstream.stream.intake.InFlightRecord} to each record; {@code InFlight} holds the records of each partition until
 * their results are there; {@code CommitPace} tells when to hand them over.
 */
package dev.lexstream.stream.intake;

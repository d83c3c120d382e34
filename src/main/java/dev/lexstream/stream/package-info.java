/**
 * Text events through Kafka Streams, in the order of the folder's story: {@link dev.lexstream.stream.PollPrefetcher} sees
 * what a poll returned and hands it to the {@link dev.lexstream.stream.Intake}; the processors of
 * {@link dev.lexstream.stream.EnrichmentTopology} await the results record by record and emit them; what is wrong with a
 * record goes to the {@link dev.lexstream.stream.DeadLetters}, what is wrong with the world to the
 * {@link dev.lexstream.stream.FaultPolicy}. {@link dev.lexstream.stream.EnrichmentStream} runs it all.
 */
package dev.lexstream.stream;

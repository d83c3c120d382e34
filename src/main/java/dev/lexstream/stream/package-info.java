/**
 * Text events through Kafka Streams, in the order of the folder's story: {@link dev.lexstream.stream.ReadyConsumer} reads
 * ahead what the models have room for; {@link dev.lexstream.stream.PollPrefetcher} sees it and hands it to the
 * {@link dev.lexstream.stream.Intake}; when the results of a record are there, the consumer's poll returns it, and the
 * processors of {@link dev.lexstream.stream.EnrichmentTopology} add the results and emit them; what is wrong with a
 * record goes to the {@link dev.lexstream.stream.DeadLetters}, what is wrong with the world to the
 * {@link dev.lexstream.stream.FaultPolicy}. {@link dev.lexstream.stream.EnrichmentStream} runs it all.
 */
package dev.lexstream.stream;

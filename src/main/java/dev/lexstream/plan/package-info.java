/**
 * What an event goes through: its language, the stages as a graph, who waits for whom, and what came of each. Knows neither Kafka
 * nor Avro.
 *
 * <p>{@link dev.lexstream.plan.Plan} is the graph, checked; {@link dev.lexstream.plan.Enricher} sends events through it, and gives
 * an {@link dev.lexstream.plan.Enrichment} for each.
 */
package dev.lexstream.plan;

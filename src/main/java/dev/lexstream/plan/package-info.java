/** The plan of one text: its language, the stages it goes through, and what came of each. Knows neither Kafka nor Avro. */
package dev.lexstream.plan;

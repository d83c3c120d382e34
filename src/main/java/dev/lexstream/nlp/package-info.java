/** Tasks on text: what a model makes of it, from characters to annotations. Knows neither Kafka nor Avro. */
package dev.lexstream.nlp;

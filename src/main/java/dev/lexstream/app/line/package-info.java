/**
 * Enriches lines of text or JSON, without Kafka and without a registry: reads and submits on one thread, joins and writes in the
 * order of the input on another.
 */
package dev.lexstream.app.line;

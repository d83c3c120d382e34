/**
 * Output values that are those of the input with one more optional last field, the enrichment. {@link
 * dev.lexstream.codec.OutputEncoder} makes them, of Avro and of JSON; what was there stays byte for byte, so that readers
 * of the input's schema read the output too.
 */
package dev.lexstream.codec.merged;

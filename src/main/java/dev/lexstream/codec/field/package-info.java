/**
 * Events in records of any shape. {@link dev.lexstream.codec.field.Value} is what Avro's and JSON's values have in common,
 * {@link dev.lexstream.codec.field.EventFields} follows the paths of the pipeline file through them.
 */
package dev.lexstream.codec.field;

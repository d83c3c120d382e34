/** Batched inference: inputs of many callers become batches, and devices run them. */
package dev.lexstream.inference;

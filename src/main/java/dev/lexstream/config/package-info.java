/**
 * The pipeline file: what is read from where, which stages a text goes through, and with what settings. Loading either
 * gives a {@link dev.lexstream.config.Pipeline} that cannot be wrong or names every problem of the file at once.
 */
package dev.lexstream.config;

/**
 * The pipeline file: what is read from where, which stages a text goes through, and with which settings. Loading a file
 * gives a valid {@link dev.lexstream.config.Pipeline}, or names every problem of the file.
 */
package dev.lexstream.config;

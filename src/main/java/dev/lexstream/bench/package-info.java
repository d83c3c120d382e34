/** Measures the pipeline against the engine alone and against the naive way, on a broker and a registry in this JVM. */
package dev.lexstream.bench;

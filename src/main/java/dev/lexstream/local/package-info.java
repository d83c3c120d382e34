/**
 * Broker and registry inside this JVM, and sample events to send: what Lexstream runs on when there is no Kafka at hand, and
 * what its tests run on.
 */
package dev.lexstream.local;

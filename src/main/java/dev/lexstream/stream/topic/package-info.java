/** The topics of a pipeline: whether they exist, and what their configuration refuses. */
package dev.lexstream.stream.topic;

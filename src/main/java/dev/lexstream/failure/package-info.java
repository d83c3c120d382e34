/**
 * What a failure means: {@link dev.lexstream.failure.Reason} is the one list, by which dead letters are labelled, stream
 * threads replaced and processes ended with their {@link dev.lexstream.failure.ExitCode}. Exceptions of all rooms say
 * theirs by {@link dev.lexstream.failure.Classified}.
 */
package dev.lexstream.failure;

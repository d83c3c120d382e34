package dev.lexstream.app.check;

import dev.lexstream.failure.ExitCode;

/**
 * What all checks have come to.
 *
 * @param passed how many are as they have to be
 * @param warned how many may not be as they are meant to be
 * @param failed how many failed
 * @param leftOut how many were not looked at
 * @param code that of the first failure in the order of {@link Part}; {@link ExitCode#OK} without one
 */
public record Summary(int passed, int warned, int failed, int leftOut, ExitCode code) {}

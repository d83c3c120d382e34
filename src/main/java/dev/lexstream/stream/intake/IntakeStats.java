package dev.lexstream.stream.intake;

/**
 * What was polled, counted since the stream was made.
 *
 * @param polls polls that returned records
 * @param failedPolls those whose records could not all be submitted, for reasons that are not the records' own
 * @param records polled; one that is read again counts again
 */
public record IntakeStats(long polls, long failedPolls, long records) {}

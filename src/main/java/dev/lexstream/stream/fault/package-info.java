/**
 * What happens when something fails. {@link dev.lexstream.stream.fault.FailureReasons} says what a failure means,
 * {@link dev.lexstream.stream.fault.DeadLetterHandler} makes dead letters of data errors,
 * {@link dev.lexstream.stream.fault.FaultPolicy} replaces stream threads or ends the process, and
 * {@link dev.lexstream.stream.fault.WatchedProducer} notes what the broker refuses.
 */
package dev.lexstream.stream.fault;

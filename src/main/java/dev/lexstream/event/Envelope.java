package dev.lexstream.event;

import java.util.Objects;

/**
 * What came around an event: all of its record but the value. Equal when all parts are; keys are when they are the same array.
 *
 * @param topic of the record; empty for an event that came in none
 * @param timestamp milliseconds since the epoch, UTC; less than 0 where there is none
 * @param key null for none; not copied, so nobody may change it
 * @param headers of the record
 */
public record Envelope(String topic, long timestamp, byte[] key, Headers headers) {

    /** Around an event that came in no record. */
    public static final Envelope NONE = new Envelope("", -1, null, Headers.NONE);

    public Envelope {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(headers, "headers");
    }
}

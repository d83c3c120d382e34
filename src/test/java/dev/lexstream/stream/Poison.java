package dev.lexstream.stream;

import java.util.Arrays;
import java.util.Optional;

/** The ways in which one in a hundred records is bad. */
enum Poison {
    WRONG_MAGIC,
    UNKNOWN_ID,
    TRUNCATED,
    TOMBSTONE,
    BLANK,
    STAGE_FAILURE;

    static Optional<Poison> of(int id) {
        return id % 100 == 0 ? Optional.of(values()[id / 100 % values().length]) : Optional.empty();
    }

    static String text(int id) {
        return "text number " + id + " of Größe \uD83D\uDE00 " + "word ".repeat(id % 7) + "end";
    }

    /** The value of the record with an id, bad or good. */
    static byte[] value(StreamLab lab, String topic, int id) {
        byte[] good = lab.encode(Texts.event("event-" + id, text(id)), topic);
        Optional<Poison> poison = of(id);
        return poison.isPresent() ? poison.get().spoil(lab, topic, id, good) : good;
    }

    /** Where Kafka Streams should say the failure was. */
    String exception() {
        return this == STAGE_FAILURE
                ? StageFailedException.class.getName()
                : "dev.lexstream.codec.UndecodableEventException";
    }

    /** What the dead letter should give as its reason. */
    String reason() {
        return switch (this) {
            case WRONG_MAGIC, TRUNCATED -> "undecodable";
            case UNKNOWN_ID -> "unknown-schema";
            case TOMBSTONE, BLANK -> "invalid-event";
            case STAGE_FAILURE -> "stage-failed";
        };
    }

    private byte[] spoil(StreamLab lab, String topic, int id, byte[] good) {
        return switch (this) {
            case WRONG_MAGIC -> {
                byte[] spoilt = good.clone();
                spoilt[0] = 7;
                yield spoilt;
            }
            case UNKNOWN_ID -> {
                byte[] spoilt = good.clone();
                spoilt[1] = 99;
                yield spoilt;
            }
            case TRUNCATED -> Arrays.copyOf(good, good.length - 9);
            case TOMBSTONE -> null;
            case BLANK -> lab.encode(Texts.event("event-" + id, " \t\u3000"), topic);
            case STAGE_FAILURE -> lab.encode(
                    Texts.event("event-" + id, text(id) + " " + UpperCaseTagger.POISON), topic);
        };
    }
}

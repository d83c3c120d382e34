package dev.lexstream.event;

import java.util.Objects;

/** A fact about an event. Immutable. */
public sealed interface Attribute {

    /** The value as text: a text itself, numbers in decimal, {@code true} or {@code false}. */
    String asText();

    /** The attribute that is a text. */
    static Attribute of(String value) {
        return new Text(value);
    }

    /** A text, which may be empty. */
    record Text(String value) implements Attribute {
        public Text {
            Objects.requireNonNull(value, "value");
        }

        @Override
        public String asText() {
            return value;
        }
    }

    /** A number without a fraction. */
    record Whole(long value) implements Attribute {
        @Override
        public String asText() {
            return Long.toString(value);
        }
    }

    /** Any number. */
    record Real(double value) implements Attribute {
        @Override
        public String asText() {
            return Double.toString(value);
        }
    }

    /** True or false. */
    record Truth(boolean value) implements Attribute {
        @Override
        public String asText() {
            return Boolean.toString(value);
        }
    }
}

package dev.lexstream.event;

import java.util.Arrays;
import java.util.Objects;

/**
 * One header of a record. Headers are equal when their names and their bytes are.
 *
 * @param name may be that of other headers too
 * @param value null for none; not copied, so nobody may change it
 */
public record Header(String name, byte[] value) {

    public Header {
        Objects.requireNonNull(name, "name");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Header header && name.equals(header.name) && Arrays.equals(value, header.value);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(value);
    }

    /** The name and the size, as values may be anybody's secret. */
    @Override
    public String toString() {
        return name + (value == null ? " (no value)" : " (" + value.length + " bytes)");
    }
}

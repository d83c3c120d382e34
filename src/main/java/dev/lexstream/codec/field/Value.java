package dev.lexstream.codec.field;

import dev.lexstream.event.Attribute;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value within a record, as far as events are made of it, whatever format it is in. Nothing here asks the format twice: what is
 * of no use as what it is asked for is empty.
 *
 * <p>Threading: of the thread that decodes the record.
 */
public interface Value {

    /** What it is in the words of its format, such as {@code long} or {@code object}, for messages. */
    String kind();

    /** Whether it stands for no value. */
    boolean isNull();

    /** The field, member or entry of a name; empty where there is none, or where it is nothing that has any. */
    Optional<Value> member(String name);

    /** All of these, in their order; none where it is nothing that has any. */
    Map<String, Value> members();

    /** The elements of a list; empty where it is none. */
    Optional<List<Value>> elements();

    /**
     * It as a text: strings, symbols of enumerations, and bytes that are UTF-8.
     *
     * @throws dev.lexstream.codec.UndecodableEventException for bytes that are not
     */
    Optional<String> text();

    /**
     * It as a fact: a text, a number or a truth.
     *
     * @throws dev.lexstream.codec.UndecodableEventException for bytes that are no UTF-8
     */
    Optional<Attribute> attribute();

    /** It as a time: a number in the unit that the format says, milliseconds where it says none, or a text in ISO 8601. */
    Optional<Instant> time();
}

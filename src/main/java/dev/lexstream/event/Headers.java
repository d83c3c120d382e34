package dev.lexstream.event;

import java.util.List;
import java.util.Optional;

/**
 * The headers of a record. Immutable.
 *
 * @param all in the order in which they were added; names may repeat
 */
public record Headers(List<Header> all) {

    /** No headers. */
    public static final Headers NONE = new Headers(List.of());

    public Headers {
        all = List.copyOf(all);
    }

    /** The header that was added last under a name. */
    public Optional<Header> last(String name) {
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).name().equals(name)) {
                return Optional.of(all.get(i));
            }
        }
        return Optional.empty();
    }
}

package dev.lexstream.app.check;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;

/** How operations are named that a broker allows or refuses. */
final class Operations {

    private Operations() {}

    /** As Kafka's documentation and tools write it, such as {@code DescribeConfigs}. */
    static String name(AclOperation operation) {
        return Arrays.stream(operation.name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    /** A permission that is lacking. */
    static String notAllowed(String operation) {
        return "not allowed: " + operation;
    }
}

package dev.lexstream.app.check;

import dev.lexstream.stream.topic.TimeBounds;
import dev.lexstream.stream.topic.TopicConfigs;
import dev.lexstream.stream.topic.TopicRequests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an output topic will not take of the records that come.
 *
 * @param configs of the topic
 */
record Refusals(TopicConfigs configs) {

    private static final String UNKNOWN =
            "not allowed: DescribeConfigs; what the topic refuses is known when it does, by an aborted transaction";

    /** A warning where ordinary records will be refused, with what else is limited. */
    Finding finding(String what) {
        if (configs.config().isEmpty()) {
            return new Finding.Warned(Part.BROKER, what, List.of(UNKNOWN));
        }
        List<String> warnings = new ArrayList<>();
        List<String> limits = new ArrayList<>();
        limits.add(String.format(Locale.ROOT, "takes batches of up to %,d bytes, as sent", configs.maxBatchBytes()));
        if (configs.compacted()) {
            warnings.add("compacted: a record without a key becomes a dead letter (output-without-key)");
        }
        TimeBounds times = configs.times();
        if (times.beforeMillis() < Long.MAX_VALUE) {
            warnings.add("a record older than " + time(times.beforeMillis())
                    + " becomes a dead letter (output-timestamp; message.timestamp.before.max.ms)");
        }
        if (times.afterMillis() < Long.MAX_VALUE) {
            limits.add("takes times up to " + time(times.afterMillis()) + " ahead");
        }
        warnings.addAll(limits);
        return warnings.size() == limits.size()
                ? new Finding.Passed(Part.BROKER, what, limits)
                : new Finding.Warned(Part.BROKER, what, warnings);
    }

    /** Of the topic of dead letters, which are larger than what they are made of. */
    static Finding ofDeadLetters(TopicConfigs configs, Map<String, Long> inputs, String what) {
        if (configs.config().isEmpty()) {
            return new Finding.Warned(Part.BROKER, what, List.of(UNKNOWN));
        }
        long room = configs.maxBatchBytes() - TopicRequests.DEAD_LETTER_ROOM;
        List<String> larger = inputs.entrySet().stream()
                .filter(input -> input.getValue() > room)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        String size = String.format(Locale.ROOT, "takes batches of up to %,d bytes, as sent", configs.maxBatchBytes());
        if (larger.isEmpty()) {
            return new Finding.Passed(Part.BROKER, what, List.of(size));
        }
        String loss = String.format(
                Locale.ROOT,
                "a dead letter of nearly the largest size of %s is written without its value: max.message.bytes of %,d has room"
                        + " for it and its error headers",
                Words.names(larger),
                larger.stream().mapToLong(inputs::get).max().orElseThrow() + TopicRequests.DEAD_LETTER_ROOM);
        return new Finding.Passed(Part.BROKER, what, List.of(size, loss));
    }

    /** Such as {@code 7d} or {@code 1h}; what is no whole number of them, as ISO 8601 has it. */
    private static String time(long millis) {
        Duration time = Duration.ofMillis(millis);
        if (time.toHours() > 0 && Duration.ofHours(time.toHours()).equals(time)) {
            return time.toHours() % 24 == 0 ? time.toDays() + "d" : time.toHours() + "h";
        }
        return time.toString();
    }
}

package dev.lexstream.stream.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;

/**
 * What the configuration of a topic says about the records that it takes. Where it cannot be read nothing is refused before
 * the broker does.
 *
 * @param config of the topic; empty when it may not be read
 */
public record TopicConfigs(Optional<Config> config) {

    private static final String AS_SENT = "producer";

    /** Whether records without a key are refused. */
    public boolean compacted() {
        return text(TopicConfig.CLEANUP_POLICY_CONFIG)
                .filter(policy -> policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT))
                .isPresent();
    }

    /** Times that records may have; the broker's own time is always within bounds. */
    public TimeBounds times() {
        boolean own = text(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)
                .filter(TimestampType.LOG_APPEND_TIME.name::equals)
                .isPresent();
        return own || config.isEmpty()
                ? TimeBounds.NONE
                : new TimeBounds(
                        number(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG),
                        number(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG));
    }

    /** Largest batch; a segment holds at least one. */
    public long maxBatchBytes() {
        return Math.min(number(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), number(TopicConfig.SEGMENT_BYTES_CONFIG));
    }

    /** How large records may be that are sent by a producer. */
    SizeLimit size(ProducerLimits producer) {
        List<Compression> compressions = new ArrayList<>(List.of(producer.compression()));
        text(TopicConfig.COMPRESSION_TYPE_CONFIG)
                .filter(type -> !type.equals(AS_SENT)
                        && !type.equals(producer.compression().type().name))
                .map(type -> Compression.of(type.equals("uncompressed") ? "none" : type)
                        .build())
                .ifPresent(compressions::add);
        return new SizeLimit(producer.maxRequestBytes(), maxBatchBytes(), compressions);
    }

    private long number(String name) {
        return text(name).map(Long::parseLong).orElse(Long.MAX_VALUE);
    }

    private Optional<String> text(String name) {
        return config.map(found -> found.get(name)).map(ConfigEntry::value);
    }
}

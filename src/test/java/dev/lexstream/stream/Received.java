package dev.lexstream.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Everything a read-committed reader has seen on some topics. */
public record Received(Map<String, List<ConsumerRecord<byte[], byte[]>>> byTopic) {

    public List<ConsumerRecord<byte[], byte[]>> of(String topic) {
        return byTopic.getOrDefault(topic, List.of());
    }

    /** The records of all topics. */
    public Stream<ConsumerRecord<byte[], byte[]>> all() {
        return byTopic.values().stream().flatMap(List::stream);
    }

    /** How many there are. */
    public int size() {
        return (int) all().count();
    }

    /** Header {@code id}, which the tests' producer puts on each input record. */
    public List<Integer> ids(String topic) {
        return of(topic).stream().map(Received::id).toList();
    }

    public static int id(ConsumerRecord<byte[], byte[]> record) {
        return Integer.parseInt(header(record, "id"));
    }

    public static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}

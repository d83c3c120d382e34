package dev.lexstream.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.config.InputTopics;
import dev.lexstream.stream.fault.DeadLetterCounts;
import dev.lexstream.stream.fault.RecordHistory;
import dev.lexstream.stream.topic.OutputTopic;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

class EnrichmentTopologyTest {

    /** One node between source and sink: stages run elsewhere, and a record that is processed has their results. */
    @Test
    void theTopologyIsTheOneDescribed() throws IOException {
        Topology topology = EnrichmentTopology.build(
                new InputTopics.Named(List.of("texts")),
                Map.of("texts", 8),
                List.of("tag", "classify"),
                "enriched-texts",
                () -> OutputTopic.limited("enriched-texts", 1_000_000),
                new RecordHistory(Clock.systemUTC()),
                new DeadLetterCounts("dead", 1, Clock.systemUTC()),
                (topic, value) -> new byte[0],
                Duration.ofSeconds(20));

        assertThat(topology.describe().toString().strip()).isEqualTo(golden());
    }

    private static String golden() throws IOException {
        try (InputStream file = EnrichmentTopologyTest.class.getResourceAsStream("topology.txt")) {
            return new String(file.readAllBytes(), UTF_8).strip();
        }
    }
}

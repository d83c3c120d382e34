package dev.lexstream.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.plan.Capacity;
import dev.lexstream.plan.Enricher;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

class EnrichmentTopologyTest {

    @Test
    void theTopologyIsTheOneDescribed() throws IOException {
        Enricher enricher = new Enricher(
                List.of(), text -> Optional.empty(), Runnable::run, Capacity.ofTexts(1), Duration.ofSeconds(20));
        Intake intake = Texts.intake(record -> Texts.event("id", "text"), enricher);

        Topology topology = EnrichmentTopology.build(
                "texts",
                8,
                List.of("tag", "classify"),
                "enriched-texts",
                () -> OutputTopic.limited("enriched-texts", 1_000_000),
                intake,
                new RecordWatch(
                        new StreamThreads(),
                        new FailedRecords(Clock.systemUTC()),
                        new DeadLetterCounts("dead", 1, Clock.systemUTC())),
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

package dev.lexstream.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.config.InputTopics;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

class EnrichmentTopologyTest {

    /** One node between the source and the sinks of topics: stages run elsewhere, and a record that is processed has their results. */
    @Test
    void theTopologyIsTheOneDescribed() throws IOException {
        Topology topology = EnrichmentTopology.build(
                new InputTopics.Named(List.of("texts", "more-texts")),
                Map.of("texts", 8, "more-texts", 4),
                Set.of("enriched-texts", "complaints"),
                () -> new EnrichProcessor(List.of(), null, null, null, null, null)); // nothing runs

        assertThat(topology.describe().toString().strip()).isEqualTo(golden());
    }

    private static String golden() throws IOException {
        try (InputStream file = EnrichmentTopologyTest.class.getResourceAsStream("topology.txt")) {
            return new String(file.readAllBytes(), UTF_8).strip();
        }
    }
}

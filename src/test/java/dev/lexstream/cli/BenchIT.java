package dev.lexstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lexstream.failure.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small measurement, whose figures mean nothing and whose guarantees hold. */
class BenchIT {

    private static final Path PAGE = Path.of("src/site/markdown/benchmarks.md");

    @TempDir
    private Path folder;

    @Test
    void everyWayIsMeasuredAndEveryRecordComesOutOnce() throws Exception {
        Path json = folder.resolve("report.json");
        CommandResult result = CommandResult.of(
                "bench",
                "--device-model=1ms+0.01ms",
                "--count=500",
                "--naive-count=20",
                "--rate=100",
                "--rate-time=2s",
                "--json=" + json);
        assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK.code());

        JsonNode report = new ObjectMapper().readTree(json.toFile());
        for (String way : List.of("ceiling", "pipeline", "naive")) {
            assertThat(report.path(way).path("recordsPerSecond").asDouble()).isPositive();
            assertThat(report.path(way).path("tokensPerSecond").asDouble()).isPositive();
            assertThat(report.path(way).path("meanBatch").asDouble()).isGreaterThanOrEqualTo(1);
        }
        assertThat(report.at("/ceiling/records").asLong()).isEqualTo(1000);
        assertThat(report.at("/ceiling/before/records").asLong()).isEqualTo(500);
        assertThat(report.at("/ceiling/after/records").asLong()).isEqualTo(500);
        assertThat(report.at("/naive/meanBatch").asDouble()).isEqualTo(1);
        assertThat(report.at("/pipeline/records").asLong()).isEqualTo(500);
        assertThat(report.path("paddingRatio").asDouble()).isGreaterThanOrEqualTo(1);
        assertThat(report.path("fifoPaddingRatio").asDouble()).isGreaterThanOrEqualTo(1);
        assertThat(report.path("overheadMicrosPerRecord").asDouble()).isPositive();
        assertThat(report.path("pipelineOfCeiling").asDouble()).isPositive();
        assertThat(report.path("pipelineOfNaive").asDouble()).isPositive();
        JsonNode latency = report.path("latencyMillis");
        assertThat(latency.path("p50").asDouble()).isPositive();
        assertThat(latency.path("p99").asDouble())
                .isGreaterThanOrEqualTo(latency.path("p95").asDouble());
        assertThat(latency.path("records").asLong()).isEqualTo(200);
        JsonNode latencyRun = report.path("latencyRun");
        assertThat(latencyRun.path("records").asLong()).isEqualTo(400); // 2 s after a warm-up as long
        assertThat(latencyRun.path("cores").asDouble()).isPositive();
        assertThat(latencyRun.path("stages").fieldNames())
                .toIterable()
                .containsExactlyElementsOf(() -> report.path("stages").fieldNames())
                .isNotEmpty();
        assertThat(latencyRun.path("stages"))
                .allSatisfy(
                        stage -> assertThat(stage.path("meanBatch").asDouble()).isGreaterThanOrEqualTo(1));
        assertThat(report.at("/delivery/enriched").asLong()).isEqualTo(500);
        assertThat(report.at("/delivery/lost").asLong(-1)).isZero();
        assertThat(report.at("/delivery/repeated").asLong(-1)).isZero();
        assertThat(result.out().lines())
                .allMatch(line -> line.length() <= 100)
                .anyMatch(line -> line.startsWith("ceiling"))
                .anyMatch(line -> line.startsWith("pipeline"))
                .anyMatch(line -> line.startsWith("naive"));
        assertDocumented(report);
    }

    /** Long enough for the second instance to join and to leave while records flow. */
    @Test
    void aSoakLosesAndRepeatsNothing() throws Exception {
        Path json = folder.resolve("soak.json");
        CommandResult result = CommandResult.of(
                "bench",
                "--device-model=1ms+0.01ms",
                "--count=500",
                "--soak=10s",
                "--rejoin=8s",
                "--rate=500",
                "--json=" + json);
        assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK.code());

        JsonNode soak = new ObjectMapper().readTree(json.toFile()).path("soak");
        assertThat(soak.at("/delivery/sent").asLong()).isGreaterThan(500 * 10);
        assertThat(soak.at("/delivery/enriched")).isEqualTo(soak.at("/delivery/sent"));
        assertThat(soak.at("/delivery/lost").asLong(-1)).isZero();
        assertThat(soak.at("/delivery/repeated").asLong(-1)).isZero();
        assertThat(soak.path("joins").asInt()).isPositive();
        assertThat(soak.path("leaves")).isEqualTo(soak.path("joins"));
        assertThat(soak.at("/heapAfterCollection/ratio").asDouble()).isPositive();
        assertThat(result.out().lines())
                .allMatch(line -> line.length() <= 100)
                .anyMatch(line -> line.startsWith("soak"));
    }

    private static void assertDocumented(JsonNode report) throws Exception {
        List<String> names = new ArrayList<>();
        report.fieldNames().forEachRemaining(names::add);
        String page = Files.readString(PAGE);
        assertThat(names).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }
}

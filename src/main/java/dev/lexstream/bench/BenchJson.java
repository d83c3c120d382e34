package dev.lexstream.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lexstream.config.InferenceSettings;
import dev.lexstream.inference.BatchStats;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** A report as one JSON object. The names are API; {@code benchmarks.md} says what they mean. */
public final class BenchJson {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private BenchJson() {}

    /** Writes a report to a file. */
    public static void write(BenchReport report, Path file) throws IOException {
        JSON.writeValue(file.toFile(), of(report));
    }

    static ObjectNode of(BenchReport report) {
        ObjectNode json = JSON.createObjectNode();
        report.ceiling().ifPresent(ceiling -> ceiling(json.putObject("ceiling"), ceiling));
        PipelineResult pipeline = report.pipeline();
        throughput(json.putObject("pipeline"), pipeline.throughput());
        report.naive().ifPresent(naive -> throughput(json.putObject("naive"), naive));
        report.ceiling().ifPresent(ceiling -> json.put("pipelineOfCeiling", report.ofCeiling()));
        report.naive().ifPresent(naive -> json.put("pipelineOfNaive", report.timesNaive()));
        BatchStats all = pipeline.throughput().all();
        json.put("paddingRatio", all.paddingRatio());
        json.put("fifoPaddingRatio", all.fifoPaddingRatio());
        json.put("overheadMicrosPerRecord", report.overheadMicrosPerRecord());
        cpu(json.putObject("cpuMicrosPerRecord"), pipeline.cpu(), pipeline.throughput());
        json.put("cores", pipeline.cores());
        report.latency().ifPresent(latency -> {
            latency(json.putObject("latencyMillis"), latency);
            latencyRun(json.putObject("latencyRun"), latency);
        });
        stages(json.putObject("stages"), pipeline.throughput());
        delivery(json.putObject("delivery"), pipeline.delivery());
        memory(json.putObject("memory"), report.memory());
        report.soak().ifPresent(soak -> soak(json.putObject("soak"), soak));
        settings(json.putObject("settings"), report);
        machine(json.putObject("machine"), report.machine());
        return json;
    }

    private static void ceiling(ObjectNode json, CeilingRuns ceiling) {
        throughput(json, ceiling.both());
        throughput(json.putObject("before"), ceiling.before());
        throughput(json.putObject("after"), ceiling.after());
    }

    private static void throughput(ObjectNode json, Throughput way) {
        json.put("recordsPerSecond", way.recordsPerSecond())
                .put("tokensPerSecond", way.tokensPerSecond())
                .put("meanBatch", way.meanBatch())
                .put("records", way.records())
                .put("seconds", way.seconds())
                .put("paddingRatio", way.all().paddingRatio());
    }

    private static void stages(ObjectNode json, Throughput run) {
        run.stages().forEach((name, stats) -> stage(json.putObject(name), stats, run));
    }

    private static void stage(ObjectNode json, BatchStats stats, Throughput run) {
        StageFigures figures = StageFigures.of(stats, run.seconds());
        json.put("recordsPerSecond", figures.recordsPerSecond())
                .put("tokensPerSecond", figures.tokensPerSecond())
                .put("meanBatch", stats.meanBatch())
                .put("paddingRatio", stats.paddingRatio())
                .put("fifoPaddingRatio", stats.fifoPaddingRatio())
                .put("preparationMicrosPerRecord", figures.preparationMicros())
                .put("queueMicrosPerRecord", figures.queueMicros())
                .put("deviceMicrosPerRecord", figures.deviceMicros())
                .put("completionMicrosPerRecord", figures.completionMicros())
                .put("deviceBusy", figures.deviceBusy());
    }

    private static void cpu(ObjectNode json, CpuTimes cpu, Throughput run) {
        for (ThreadRole role : ThreadRole.values()) {
            json.put(role.name().toLowerCase(Locale.ROOT), cpu.microsPerRecord(role, run));
        }
        json.put("outsideJavaThreads", cpu.outsideMicrosPerRecord(run));
    }

    private static void latency(ObjectNode json, Latency latency) {
        json.put("p50", latency.millis().p50())
                .put("p95", latency.millis().p95())
                .put("p99", latency.millis().p99())
                .put("max", latency.millis().max())
                .put("records", latency.millis().count())
                .put("recordsPerSecond", latency.rate())
                .put("commitInterval", latency.commitIntervalMillis())
                .put("meanBatch", latency.meanBatchMillis())
                .put("bound", latency.boundMillis());
    }

    private static void latencyRun(ObjectNode json, Latency latency) {
        throughput(json, latency.throughput());
        cpu(json.putObject("cpuMicrosPerRecord"), latency.cpu(), latency.throughput());
        json.put("cores", latency.cores());
        stages(json.putObject("stages"), latency.throughput());
    }

    private static void delivery(ObjectNode json, Delivery delivery) {
        json.put("sent", delivery.sent())
                .put("enriched", delivery.enriched())
                .put("deadLetters", delivery.deadLetters())
                .put("lost", delivery.lost())
                .put("repeated", delivery.repeated());
    }

    private static void memory(ObjectNode json, MemoryUse memory) {
        json.put("heapAfterCollection", memory.heapAfterCollection())
                .put("nonHeap", memory.nonHeap())
                .put("direct", memory.direct())
                .put("resident", memory.resident())
                .put("mapped", memory.mapped());
    }

    private static void soak(ObjectNode json, SoakReport soak) {
        json.put("seconds", soak.seconds())
                .put("recordsPerSecond", soak.rate())
                .put("maximumRecordsPerSecond", soak.maximum());
        delivery(json.putObject("delivery"), soak.delivery());
        json.put("joins", soak.joins()).put("leaves", soak.leaves());
        trend(json.putObject("heapAfterCollection"), soak.heap());
        trend(json.putObject("resident"), soak.resident());
        ArrayNode samples = json.putArray("samples");
        for (SoakSample sample : soak.samples()) {
            ObjectNode line = samples.addObject()
                    .put("seconds", sample.seconds())
                    .put("sent", sample.sent())
                    .put("received", sample.received())
                    .put("instances", sample.instances());
            memory(line, sample.memory());
        }
    }

    private static void trend(ObjectNode json, SoakReport.Trend trend) {
        json.put("firstQuarter", trend.first()).put("lastQuarter", trend.last()).put("ratio", trend.ratio());
    }

    private static void settings(ObjectNode json, BenchReport report) {
        BenchSettings settings = report.settings();
        json.put("events", report.events());
        settings.events().ifPresent(file -> json.put("file", String.valueOf(file.getFileName())));
        settings.deviceModel().ifPresent(model -> json.put("deviceModel", model.toString()));
        json.putPOJO("stages", settings.stages());
        json.put("streamThreads", settings.threads()).put("partitions", settings.partitions());
        InferenceSettings inference = InferenceSettings.defaults();
        json.put("intraOpThreads", inference.threads())
                .put("maxBatchTokens", inference.maxBatchTokens())
                .put("maxBatchSize", inference.maxBatchSize())
                .put("maxInFlight", inference.maxInFlight());
    }

    private static void machine(ObjectNode json, Machine machine) {
        json.put("cores", machine.cores())
                .put("memory", machine.memory())
                .put("maxHeap", machine.maxHeap())
                .put("java", machine.java())
                .put("system", machine.system());
    }
}

package dev.lexstream.app.check;

import dev.lexstream.codec.OutputEncoder;
import dev.lexstream.config.Format;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.RouteSettings;
import dev.lexstream.failure.Reason;
import dev.lexstream.registry.RegistryUnavailableException;
import dev.lexstream.registry.SchemaRegistry;
import dev.lexstream.registry.SchemaTrial;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the registry answers and takes the schemas of the output. Registers nothing.
 *
 * @param timeout longest wait for one answer of one of its addresses
 */
record RegistryCheck(Pipeline pipeline, Duration timeout) {

    private static final String URL = "schema.registry.url";

    /** A pattern may match thousands, each with requests of its own. */
    private static final int MOST_INPUTS = 20;

    /** @param all the input topics that there are to read now */
    void check(List<String> all, Findings findings) {
        boolean reads = pipeline.input().format() == Format.AVRO;
        boolean writes = pipeline.output().format() == Format.AVRO;
        if (!reads && !writes) {
            findings.leftOut(Part.REGISTRY, "not needed", "neither input nor output is Avro");
            return;
        }
        List<String> inputs = all.subList(0, Math.min(all.size(), MOST_INPUTS));
        if (inputs.size() < all.size()) {
            findings.leftOut(
                    Part.REGISTRY,
                    (all.size() - inputs.size()) + " input topics",
                    "only the first " + MOST_INPUTS + " are looked at");
        }
        String url = pipeline.registry().get(URL);
        Stopwatch answer = Stopwatch.start();
        try (SchemaRegistry registry = SchemaRegistry.connect(settings())) {
            try {
                registry.reach(pipeline.topics().output());
                findings.passed(Part.REGISTRY, "registry at " + withoutUser(url) + " answers in " + answer);
                if (reads) {
                    inputs.forEach(input -> input(input, registry, findings));
                }
                if (writes) {
                    OutputEncoder encoder = OutputEncoder.of(pipeline.output(), registry);
                    outputs().forEach(output -> output(output, inputs, encoder, findings));
                }
            } catch (RegistryUnavailableException e) {
                findings.failed(Part.REGISTRY, "registry at " + withoutUser(url) + ", after " + answer, e);
            }
        } catch (RuntimeException | LinkageError e) {
            findings.failed(Part.REGISTRY, "schemas", e);
        }
    }

    /** Those of the pipeline, but one attempt, and less patient than a process that nobody waits for. */
    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(pipeline.registry());
        settings.put("max.retries", "0");
        cap(settings, "http.connect.timeout.ms", timeout.toMillis() / 2);
        cap(settings, "http.read.timeout.ms", timeout.toMillis() / 2);
        return settings;
    }

    private static void cap(Map<String, String> settings, String name, long most) {
        settings.merge(
                name, Long.toString(most), (given, cap) -> Long.toString(Math.min(Long.parseLong(given.trim()), most)));
    }

    private static void input(String topic, SchemaRegistry registry, Findings findings) {
        String what = "input topic " + topic;
        attempt(what, findings, () -> {
            List<Integer> ids = registry.versions(topic);
            if (!ids.isEmpty()) {
                String names = Words.names(ids.stream().map(String::valueOf).toList());
                findings.passed(
                        Part.REGISTRY,
                        what + ": " + Words.counted(ids.size(), "version") + " of its schema, "
                                + (ids.size() == 1 ? "id " : "ids ") + names);
            }
        });
    }

    private void output(String topic, List<String> inputs, OutputEncoder encoder, Findings findings) {
        String what = "output topic " + topic;
        attempt(what, findings, () -> {
            List<SchemaTrial> trials = encoder.trials(inputs, topic);
            trials.forEach(trial -> findings.add(finding(what, trial)));
            if (trials.isEmpty()) {
                findings.warned(
                        Part.REGISTRY,
                        what + ": no schema can be derived yet",
                        "no schema is known by the names of the input topics; that of a record is derived when it comes");
            }
        });
    }

    /** What one topic lacks says nothing of the others. */
    private static void attempt(String what, Findings findings, Runnable check) {
        try {
            check.run();
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            findings.failed(Part.REGISTRY, what, e);
        }
    }

    private List<String> outputs() {
        return Stream.concat(
                        Stream.of(pipeline.topics().output()),
                        pipeline.routes().stream().map(RouteSettings::topic).flatMap(Optional::stream))
                .distinct()
                .toList();
    }

    private static Finding finding(String topic, SchemaTrial trial) {
        String what = topic + ": " + trial.what();
        String subject = trial.subject().isEmpty() ? "" : "subject " + trial.subject() + ": ";
        List<String> details = List.of(subject + trial.seen());
        return switch (trial.verdict()) {
            case REGISTERED, NEW -> new Finding.Passed(Part.REGISTRY, what, details);
            case PASSED_OVER -> new Finding.Warned(Part.REGISTRY, what, details);
            case REFUSED -> new Finding.Failed(Part.REGISTRY, what, details, Reason.SCHEMA_REJECTED);
        };
    }

    private static String withoutUser(String url) {
        return url.replaceAll("//[^/@,]*@", "//");
    }
}

package dev.lexstream.config;

import dev.lexstream.model.Precision;
import dev.lexstream.plan.OnError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the list {@code stages}. One instance per file. */
final class StagesReader {

    private static final String NAMES =
            "allowed are lower-case letters, digits and '-', at most 40, and none of " + StageSettings.RESERVED;

    private final Duration resultTimeout;
    private final Set<String> names = new HashSet<>();

    /** @param resultTimeout which each stage's timeout must be below */
    StagesReader(Duration resultTimeout) {
        this.resultTimeout = resultTimeout;
    }

    /** The stages that have a name and a model; whatever else is wrong is noted. */
    List<StageSettings> read(Section root) {
        root.require("stages");
        List<StageSettings> stages = new ArrayList<>();
        List<Section> sections = root.sections("stages");
        sections.forEach(section -> stage(section).ifPresent(stages::add));
        if (sections.isEmpty() && root.has("stages")) {
            root.problem("stages", "no stage", "allowed is one or more");
        }
        return stages;
    }

    private Optional<StageSettings> stage(Section section) {
        section.require("name");
        section.require("model");
        Optional<String> name = section.text("name", StageSettings::isLegal, NAMES);
        Optional<String> model = section.text("model", text -> !text.isBlank(), "allowed is a model's name");
        Optional<Duration> timeout = section.duration("timeout", Duration.ofMillis(1));
        Optional<OnError> onError = section.parsed("on-error", OnError::parse, "allowed are dead-letter and skip");
        Optional<Long> cache = section.bytes("cache");
        Optional<Precision> precision =
                section.parsed("precision", Precision::parse, "allowed are " + Precision.allowed());
        section.finish();
        name.filter(text -> !names.add(text))
                .ifPresent(text -> section.problem("name", text + " a second time", "names of stages must differ"));
        timeout.filter(limit -> limit.compareTo(resultTimeout) >= 0)
                .ifPresent(limit -> section.problem(
                        "timeout",
                        limit.toMillis() + "ms",
                        "allowed is less than inference.result-timeout (" + resultTimeout.toMillis() + "ms)"));
        if (name.isEmpty() || model.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new StageSettings(
                name.get(),
                model.get(),
                timeout.or(() -> PipelineDefaults.STAGE_TIMEOUT),
                onError.orElse(PipelineDefaults.ON_ERROR),
                cache.orElse(PipelineDefaults.CACHE),
                precision));
    }
}

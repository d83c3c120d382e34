package dev.lexstream.cli;

import dev.lexstream.bench.BenchSettings;
import dev.lexstream.bench.DeviceModel;
import dev.lexstream.bench.Rate;
import dev.lexstream.bench.Times;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of {@code lexstream bench}. */
final class BenchOptions {

    private static final Duration LONGEST_LATENCY = Duration.ofHours(1);
    private static final Duration LONGEST_SOAK = Duration.ofDays(7);

    @Option(
            names = "--events",
            paramLabel = "FILE",
            description =
                    "JSON lines with text and, if they like, user and lang; plain or gzipped. Default: a stream made"
                            + " of the sample events.")
    private Optional<Path> events = Optional.empty();

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Events to measure with. Default: all of the file, or " + BenchSettings.GENERATED + ".")
    private Integer count;

    @Option(
            names = "--stages",
            paramLabel = "NAMES",
            split = ",",
            defaultValue = "tagger-en,tagger-zh,classifier-zh",
            description = "Model bundles, each a stage. Default: ${DEFAULT-VALUE}.")
    private List<String> stages;

    @Option(names = "--models", paramLabel = "DIR", description = "Folder of the bundles. Default: the shipped ones.")
    private Path models = ModelsFolder.shipped();

    @Option(
            names = "--device-model",
            paramLabel = "TIME+TIME",
            description = "Put a device that sleeps in the place of each model: the time of a batch + the time of each"
                    + " text, such as 5ms+0.1ms.")
    private String deviceModel;

    @Option(
            names = "--rate",
            paramLabel = "RATE",
            description =
                    "Measure latency too, at this many records a second: 500, 80%% of the measured maximum, or half.")
    private String rate;

    @Option(
            names = "--rate-time",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "How long latency is measured. Default: ${DEFAULT-VALUE}.")
    private String rateTime;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "Stream threads. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "8",
            description = "Partitions of each topic. Default: ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(
            names = "--naive-count",
            paramLabel = "N",
            description = "Events of the naive way. Default: a tenth, at most " + BenchSettings.NAIVE + ".")
    private Integer naiveCount;

    @Option(
            names = "--soak",
            paramLabel = "TIME",
            description = "Instead: run at --rate (default 80%% of what comes out at full load) this long, such as 60m,"
                    + " while a second instance joins and leaves; before that, a warm-up of a sixth of the time.")
    private String soak;

    @Option(
            names = "--rejoin",
            paramLabel = "TIME",
            defaultValue = "150s",
            description = "Of a soak: from one join or leave to the next. Default: ${DEFAULT-VALUE}.")
    private String rejoin;

    /**
     * What is asked for.
     *
     * @throws ParameterException naming all options that are wrong
     */
    BenchSettings settings(CommandSpec spec) {
        Problems problems = new Problems();
        problems.positive("--count", count);
        problems.positive("--threads", threads);
        problems.positive("--partitions", partitions);
        problems.positive("--naive-count", naiveCount);
        if (stages.stream().distinct().count() < stages.size()
                || stages.stream().anyMatch(String::isBlank)) {
            problems.add("--stages: found " + String.join(",", stages) + "; allowed are names of bundles, each once");
        }
        Optional<DeviceModel> device = problems.parsed("--device-model", deviceModel, DeviceModel::parse);
        Optional<Rate> wanted = problems.parsed("--rate", rate, Rate::parse);
        Optional<Duration> latencyTime = problems.parsed("--rate-time", rateTime, text -> time(text, LONGEST_LATENCY));
        Optional<Duration> soakTime = problems.parsed("--soak", soak, text -> time(text, LONGEST_SOAK));
        Optional<Duration> turn = problems.parsed("--rejoin", rejoin, text -> time(text, LONGEST_SOAK));
        problems.check(spec);
        return new BenchSettings(
                models,
                stages,
                events,
                optional(count),
                device,
                threads,
                partitions,
                optional(naiveCount),
                wanted,
                latencyTime.orElseThrow(),
                soakTime.map(time -> new BenchSettings.Soak(time, turn.orElseThrow())));
    }

    private static OptionalInt optional(Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private static Duration time(String text, Duration longest) {
        return Times.parse(text)
                .filter(time -> time.compareTo(Duration.ofSeconds(1)) >= 0 && time.compareTo(longest) <= 0)
                .orElseThrow(() -> new IllegalArgumentException("found '" + text + "'; allowed are a second to "
                        + longest.toHours() + "h, such as 30s or 60m (units " + Times.UNITS + ")"));
    }

    /** What is wrong with the options, all of it. */
    private static final class Problems {

        private final List<String> found = new ArrayList<>();

        void add(String problem) {
            found.add(problem);
        }

        void positive(String option, Integer value) {
            if (value != null && value < 1) {
                add(option + ": found " + value + "; allowed is 1 or more");
            }
        }

        <T> Optional<T> parsed(String option, String value, Function<String, T> parser) {
            try {
                return Optional.ofNullable(value).map(parser);
            } catch (IllegalArgumentException e) {
                add(option + ": " + e.getMessage());
                return Optional.empty();
            }
        }

        void check(CommandSpec spec) {
            if (!found.isEmpty()) {
                throw new ParameterException(spec.commandLine(), String.join(System.lineSeparator(), found));
            }
        }
    }
}

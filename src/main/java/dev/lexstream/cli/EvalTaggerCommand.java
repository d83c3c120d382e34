package dev.lexstream.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lexstream.failure.ExitCode;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelManifest;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.train.LoadedTagger;
import dev.lexstream.train.TaggerScores;
import dev.lexstream.train.TrainingException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lexstream eval tagger}. */
@Command(
        name = "tagger",
        description =
                "Measure a tagger: parts of speech on the words of a CoNLL-U file; words and parts of speech in those"
                        + " words joined; or entities on a BIO file.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class EvalTaggerCommand implements Callable<Integer> {

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "Folder of the model's bundle.")
    private Path model;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE",
            description = "CoNLL-U or BIO file, plain or gzipped.")
    private Path data;

    @Mixin
    private final PrecisionOption precision = new PrecisionOption();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    private final PrintStream out;

    EvalTaggerCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, TrainingException, BundleException {
        ModelBundle bundle = ModelBundle.open(model);
        TorchRuntime.allCores().start();
        try (LoadedTagger tagger = LoadedTagger.open(bundle, precision.get())) {
            TaggerScores scores = tagger.evaluate(data);
            if (json) {
                printJson(scores);
            } else {
                printTable(bundle, scores);
            }
        }
        return ExitCode.OK.code();
    }

    private void printJson(TaggerScores scores) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode object = mapper.createObjectNode();
        scores.measures().forEach(object::put);
        object.put("sentences", scores.sentences());
        object.put("tokens", scores.total().gold());
        object.put("untagged", scores.untagged());
        ObjectNode tags = object.putObject("tags");
        scores.tags().forEach((tag, score) -> tags.putObject(tag)
                .put("f1", score.f1())
                .put("gold", score.gold())
                .put("predicted", score.predicted())
                .put("correct", score.correct()));
        out.println(mapper.writeValueAsString(object));
    }

    private void printTable(ModelBundle bundle, TaggerScores scores) {
        ModelManifest manifest = bundle.manifest();
        out.printf(Locale.ROOT, "%s %s on %s%n%n", manifest.name(), manifest.version(), data.getFileName());
        out.printf("  %-20s %8s %8s%n", "label", "gold", "F1");
        scores.tags()
                .forEach((tag, score) ->
                        out.printf(Locale.ROOT, "  %-20s %8d %7.2f%%%n", tag, score.gold(), 100 * score.f1()));
        out.println();
        scores.measures().forEach((name, value) -> out.printf(Locale.ROOT, "%-14s %6.2f %%%n", name, 100 * value));
        out.printf("of %d in %d sentences%n", scores.total().gold(), scores.sentences());
        if (scores.untagged() > 0) {
            out.printf("%d words have no tag (_): they are not counted%n", scores.untagged());
        }
    }
}

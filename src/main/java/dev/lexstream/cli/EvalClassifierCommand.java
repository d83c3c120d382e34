package dev.lexstream.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lexstream.failure.ExitCode;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.train.ClassifierScores;
import dev.lexstream.train.LabelledText;
import dev.lexstream.train.LoadedClassifier;
import dev.lexstream.train.TrainingException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lexstream eval classifier}. */
@Command(
        name = "classifier",
        description = {
            "Measure a classifier on lines of label<TAB>text.",
            "accuracy, inScopeAccuracy: share of the texts whose best class is the gold one, rejected or not.",
            "outOfScopeRecall: share of the out-of-scope texts that are rejected, at the bundle's threshold, which"
                    + " accepts 95 %% of its in-scope dev texts; for a bundle that has none, at the threshold that accepts"
                    + " 95 %% of the texts at hand."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class EvalClassifierCommand implements Callable<Integer> {

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "Folder of the model's bundle.")
    private Path model;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE",
            description = "Lines of label<TAB>text, plain or gzipped.")
    private Path data;

    @Option(
            names = "--out-of-scope",
            paramLabel = "FILE",
            description = "Texts of no class, lines of label<TAB>text, whatever the label.")
    private Path outOfScope;

    @Mixin
    private final PrecisionOption precision = new PrecisionOption();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    private final PrintStream out;

    EvalClassifierCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, TrainingException, BundleException {
        ModelBundle bundle = ModelBundle.open(model);
        List<LabelledText> texts = LabelledText.read(data);
        List<String> others = outOfScope == null
                ? List.of()
                : LabelledText.read(outOfScope).stream().map(LabelledText::text).toList();
        TorchRuntime.allCores().start();
        try (LoadedClassifier classifier = LoadedClassifier.open(bundle, precision.get())) {
            ClassifierScores scores = classifier.evaluate(texts, others);
            if (json) {
                printJson(scores);
            } else {
                printTable(bundle, scores);
            }
        }
        return ExitCode.OK.code();
    }

    private void printJson(ClassifierScores scores) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode object = mapper.createObjectNode();
        object.put("accuracy", scores.accuracy());
        object.put("macroF1", scores.macroF1());
        object.put("texts", scores.texts());
        scores.scope().ifPresent(scope -> object.put("inScopeAccuracy", scores.accuracy())
                .put("outOfScopeRecall", scope.outOfScopeRecall())
                .put("outOfScopeTexts", scope.outOfScopeTexts())
                .put("accepted", scope.accepted())
                .put("threshold", scope.threshold()));
        ObjectNode classes = object.putObject("classes");
        scores.classes().forEach((label, score) -> classes.putObject(label)
                .put("f1", score.f1())
                .put("gold", score.gold())
                .put("predicted", score.predicted())
                .put("correct", score.correct()));
        out.println(mapper.writeValueAsString(object));
    }

    private void printTable(ModelBundle bundle, ClassifierScores scores) {
        out.printf(
                Locale.ROOT,
                "%s %s on %s%n%n",
                bundle.manifest().name(),
                bundle.manifest().version(),
                data.getFileName());
        out.printf("  %-20s %8s %8s%n", "class", "gold", "F1");
        scores.classes()
                .forEach((label, score) ->
                        out.printf(Locale.ROOT, "  %-20s %8d %7.2f%%%n", label, score.gold(), 100 * score.f1()));
        out.printf(
                Locale.ROOT,
                "%naccuracy %.2f %% of %d texts, macro F1 %.2f %%%n",
                100 * scores.accuracy(),
                scores.texts(),
                100 * scores.macroF1());
        scores.scope()
                .ifPresent(scope -> out.printf(
                        Locale.ROOT,
                        "at threshold %.4f: %.2f %% of them accepted, %.2f %% of %d out-of-scope texts rejected%n",
                        scope.threshold(),
                        100 * scope.accepted(),
                        100 * scope.outOfScopeRecall(),
                        scope.outOfScopeTexts()));
    }
}

package dev.lexstream.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lexstream.failure.ExitCode;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelManifest.TaskKind;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.model.TranslationSettings.Decoding;
import dev.lexstream.train.LoadedTranslator;
import dev.lexstream.train.TrainingException;
import dev.lexstream.train.TranslationPair;
import dev.lexstream.train.TranslationReader;
import dev.lexstream.train.TranslatorScores;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lexstream eval translator}. */
@Command(
        name = "translator",
        description = "Measure a translator on lines of source<TAB>target: BLEU and chrF, as sacreBLEU has them.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class EvalTranslatorCommand implements Callable<Integer> {

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "Folder of the model's bundle.")
    private Path model;

    @Option(names = "--data", required = true, paramLabel = "FILE", description = "Sentence pairs, plain or gzipped.")
    private Path data;

    @Option(
            names = "--beam",
            paramLabel = "N",
            description = "Hypotheses kept at each step; 1 is greedy. Default: the bundle's.")
    private Integer beam;

    @Mixin
    private final PrecisionOption precision = new PrecisionOption();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    private final PrintStream out;

    EvalTranslatorCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, TrainingException, BundleException {
        ModelBundle bundle = ModelBundle.open(model);
        if (bundle.manifest().task() != TaskKind.TRANSLATOR) {
            throw new BundleException(
                    model,
                    List.of("it is no translator but a " + bundle.manifest().task()));
        }
        Decoding own = bundle.manifest().translation().decoding();
        Decoding decoding = beam == null ? own : own.withBeam(beam);
        List<TranslationPair> pairs = TranslationReader.read(data);
        TorchRuntime.allCores().start();
        try (LoadedTranslator translator = LoadedTranslator.open(bundle, decoding, precision.get())) {
            TranslatorScores scores = translator.evaluate(pairs);
            if (json) {
                printJson(scores, decoding);
            } else {
                printTable(bundle, scores, decoding);
            }
        }
        return ExitCode.OK.code();
    }

    private void printJson(TranslatorScores scores, Decoding decoding) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode object = mapper.createObjectNode();
        object.put("bleu", scores.bleu().score());
        object.put("chrf", scores.chrf().score());
        object.put("bleuSignature", scores.bleu().signature());
        object.put("chrfSignature", scores.chrf().signature());
        object.put("sentences", scores.sentences());
        object.put("beam", decoding.beam());
        out.println(mapper.writeValueAsString(object));
    }

    private void printTable(ModelBundle bundle, TranslatorScores scores, Decoding decoding) {
        out.printf(
                Locale.ROOT,
                "%s %s on %s, %,d sentences, %s%n%n",
                bundle.manifest().name(),
                bundle.manifest().version(),
                data.getFileName(),
                scores.sentences(),
                decoding.beam() == 1 ? "greedy" : "beam " + decoding.beam());
        out.printf(
                Locale.ROOT,
                "  BLEU  %6.2f  %s%n",
                scores.bleu().score(),
                scores.bleu().signature());
        out.printf(
                Locale.ROOT,
                "  chrF  %6.2f  %s%n",
                scores.chrf().score(),
                scores.chrf().signature());
    }
}

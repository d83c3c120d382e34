package dev.lexstream.cli;

import dev.lexstream.failure.ExitCode;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.train.TrainingException;
import dev.lexstream.train.TranslationPair;
import dev.lexstream.train.TranslationReader;
import dev.lexstream.train.TranslatorOptions;
import dev.lexstream.train.TranslatorTraining;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lexstream train translator}. */
@Command(
        name = "translator",
        description = "Train a translator on lines of source<TAB>target and write its bundle.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TrainTranslatorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--train",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "Sentence pairs to learn from, plain or gzipped.")
    private List<Path> train;

    @Option(
            names = "--dev",
            required = true,
            paramLabel = "FILE",
            description = "Sentence pairs to measure on and to stop by.")
    private Path dev;

    @Option(
            names = "--target-language",
            paramLabel = "CODE",
            defaultValue = "en",
            description = "Language of the translations (BCP 47). Default: ${DEFAULT-VALUE}.")
    private String targetLanguage;

    @Mixin
    private final BundleOptions bundle = new BundleOptions("zh");

    @Option(
            names = "--source-vocabulary",
            paramLabel = "N",
            defaultValue = "6000",
            description = "Tokens of the source language. Default: ${DEFAULT-VALUE}.")
    private int sourceVocabulary;

    @Option(
            names = "--target-vocabulary",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Tokens of the target language. Default: ${DEFAULT-VALUE}.")
    private int targetVocabulary;

    @Option(
            names = "--min-count",
            paramLabel = "N",
            defaultValue = "4",
            description = "Characters seen less often are unknown. Default: ${DEFAULT-VALUE}.")
    private int minCount;

    @Option(
            names = "--longest-sentence",
            paramLabel = "TOKENS",
            defaultValue = "128",
            description = "Tokens of a sentence; later, longer ones are cut. Default: ${DEFAULT-VALUE}.")
    private int longestSentence;

    @Option(names = "--skip-longer", description = "Leave longer sentence pairs out instead of refusing the file.")
    private boolean skipLonger;

    @Option(
            names = "--longest-input",
            paramLabel = "TOKENS",
            defaultValue = "1024",
            description = "Tokens of a text that the model will translate. Default: ${DEFAULT-VALUE}.")
    private int longestInput;

    @Option(
            names = "--architecture",
            paramLabel = "NAME",
            defaultValue = "transformer",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private NetworkName network;

    @Option(
            names = "--dropout",
            paramLabel = "P",
            defaultValue = "0.2",
            description = "Dropout in training. Default: ${DEFAULT-VALUE}.")
    private double dropout;

    @Option(
            names = "--label-smoothing",
            paramLabel = "P",
            defaultValue = "0.1",
            description = "Probability that all tokens share in training targets. Default: ${DEFAULT-VALUE}.")
    private double labelSmoothing;

    @Mixin(name = "transformer")
    private final TransformerOptions transformer = new TransformerOptions();

    @Mixin(name = "recurrent")
    private final RecurrentOptions recurrent = new RecurrentOptions();

    @Mixin
    private final DecodingOptions decoding = new DecodingOptions();

    @Mixin
    private final TrainingOptions training = new TrainingOptions(12, 64, 0.001);

    private final PrintStream err;

    /** As they are written on the command line. */
    private enum NetworkName {
        transformer,
        rnn_seq2seq
    }

    TrainTranslatorCommand(PrintStream err) {
        this.err = err;
    }

    @Override
    public Integer call() throws Exception {
        refuseOptionsOf(network == NetworkName.transformer ? "recurrent" : "transformer");
        TranslatorTraining translator = new TranslatorTraining(pairs(), TranslationReader.read(dev), options());
        training.startRuntime();
        ProgressBar bar = new ProgressBar(err, Ansi.AUTO.enabled());
        TrainingReport report = new TrainingReport(bar, "BLEU (greedy)");
        ModelBundle written = StopOnSignal.call(() -> translator.run(bundle.out(), report));
        report.written(written);
        return ExitCode.OK.code();
    }

    private List<TranslationPair> pairs() throws IOException, TrainingException {
        List<TranslationPair> pairs = new ArrayList<>();
        for (Path file : train) {
            pairs.addAll(TranslationReader.read(file));
        }
        return pairs;
    }

    /** An option that would change nothing is a mistake. */
    private void refuseOptionsOf(String mixin) {
        for (OptionSpec option : spec.mixins().get(mixin).options()) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option.longestName())) {
                throw new ParameterException(
                        spec.commandLine(), option.longestName() + " is no option of --architecture " + network.name());
            }
        }
    }

    private TranslatorOptions options() {
        return new TranslatorOptions(
                bundle.info(),
                targetLanguage,
                sourceVocabulary,
                targetVocabulary,
                minCount,
                longestSentence,
                skipLonger,
                longestInput,
                decoding.decoding(),
                (source, target) -> network == NetworkName.transformer
                        ? transformer.network(source, target, dropout, labelSmoothing)
                        : recurrent.network(source, target, dropout, labelSmoothing),
                training.settings());
    }
}

package dev.lexstream.cli;

import dev.lexstream.app.ExitCode;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.train.ConlluReader;
import dev.lexstream.train.TaggerOptions;
import dev.lexstream.train.TaggerTraining;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lexstream train tagger}. */
@Command(
        name = "tagger",
        description = "Train an LSTM tagger on CoNLL-U files (UPOS column) and write its bundle.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TrainTaggerCommand implements Callable<Integer> {

    @Option(
            names = "--train",
            required = true,
            paramLabel = "FILE",
            description = "CoNLL-U file to learn from, plain or gzipped.")
    private Path train;

    @Option(
            names = "--dev",
            required = true,
            paramLabel = "FILE",
            description = "CoNLL-U file to measure on and to stop by.")
    private Path dev;

    @Mixin
    private final BundleOptions bundle = new BundleOptions("en");

    @Option(
            names = "--longest-input",
            paramLabel = "WORDS",
            defaultValue = "512",
            description = "Words of a text that the model will see. Default: ${DEFAULT-VALUE}.")
    private int longestInput;

    @Option(
            names = "--min-count",
            paramLabel = "N",
            defaultValue = "2",
            description = "Words seen less often are unknown. Default: ${DEFAULT-VALUE}.")
    private int minCount;

    @Option(
            names = "--word-dropout",
            paramLabel = "P",
            defaultValue = "0.15",
            description = "Probability of a word to be unknown in training. Default: ${DEFAULT-VALUE}.")
    private double wordDropout;

    @Option(
            names = "--word-size",
            paramLabel = "N",
            defaultValue = "128",
            description = "Length of a word's embedding. Default: ${DEFAULT-VALUE}.")
    private int wordSize;

    @Option(
            names = "--character-filters",
            paramLabel = "N",
            defaultValue = "128",
            description = "Channels of the convolution over a word's characters. Default: ${DEFAULT-VALUE}.")
    private int characterFilters;

    @Option(
            names = "--hidden-size",
            paramLabel = "N",
            defaultValue = "200",
            description = "Hidden size of the LSTM, each way. Default: ${DEFAULT-VALUE}.")
    private int hiddenSize;

    @Option(
            names = "--num-layers",
            paramLabel = "N",
            defaultValue = "2",
            description = "Layers of the LSTM. Default: ${DEFAULT-VALUE}.")
    private int numLayers;

    @Option(
            names = "--dropout",
            paramLabel = "P",
            defaultValue = "0.45",
            description = "Dropout in training. Default: ${DEFAULT-VALUE}.")
    private double dropout;

    @Mixin
    private final TrainingOptions training = new TrainingOptions(24, 32, 0.002);

    private final PrintStream err;

    TrainTaggerCommand(PrintStream err) {
        this.err = err;
    }

    @Override
    public Integer call() throws Exception {
        ProgressBar bar = new ProgressBar(err, Ansi.AUTO.enabled());
        TaggerTraining tagger = new TaggerTraining(ConlluReader.read(train), ConlluReader.read(dev), options());
        training.startRuntime();
        TrainingReport report = new TrainingReport(bar, "accuracy");
        ModelBundle written = StopOnSignal.call(() -> tagger.run(bundle.out(), report));
        bar.line("wrote " + written.manifest().name() + " " + written.manifest().version() + " to " + written.folder()
                + " in " + report.elapsed());
        return ExitCode.OK.code();
    }

    private TaggerOptions options() {
        return new TaggerOptions(
                bundle.info(),
                longestInput,
                minCount,
                wordDropout,
                wordSize,
                characterFilters,
                hiddenSize,
                numLayers,
                dropout,
                training.settings());
    }
}

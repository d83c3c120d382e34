package dev.lexstream.cli;

import dev.lexstream.app.ExitCode;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelManifest.DataSource;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.train.ConlluReader;
import dev.lexstream.train.TaggerOptions;
import dev.lexstream.train.TaggerTraining;
import dev.lexstream.train.TrainingSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
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

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder of the bundle; an older bundle there is replaced.")
    private Path out;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the model. Default: the folder's name.")
    private String name;

    @Option(
            names = "--model-version",
            paramLabel = "VERSION",
            defaultValue = "1",
            description = "Version of the model. Default: ${DEFAULT-VALUE}.")
    private String version;

    @Option(
            names = "--language",
            paramLabel = "CODE",
            defaultValue = "en",
            description = "Language of the texts (BCP 47). Default: ${DEFAULT-VALUE}.")
    private String language;

    @Option(
            names = "--data-source",
            paramLabel = "NAME=LICENCE",
            description = "What the data is, for the model card. May be repeated.")
    private Map<String, String> sources = Map.of();

    @Option(
            names = "--licence",
            paramLabel = "LICENCE",
            defaultValue = "unspecified",
            description = "Licence of the weights, for the model card. Default: ${DEFAULT-VALUE}.")
    private String licence;

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

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "24",
            description = "Passes over the data at most. Default: ${DEFAULT-VALUE}.")
    private int epochs;

    @Option(
            names = "--patience",
            paramLabel = "N",
            defaultValue = "5",
            description = "Epochs without a better dev score before stopping. Default: ${DEFAULT-VALUE}.")
    private int patience;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "32",
            description = "Sentences in a batch. Default: ${DEFAULT-VALUE}.")
    private int batchSize;

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            defaultValue = "0.002",
            description = "Adam's learning rate after warm-up. Default: ${DEFAULT-VALUE}.")
    private double learningRate;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "17",
            description = "Seed of everything random. Default: ${DEFAULT-VALUE}.")
    private long seed;

    private final PrintStream err;

    TrainTaggerCommand(PrintStream err) {
        this.err = err;
    }

    @Override
    public Integer call() throws Exception {
        ProgressBar bar = new ProgressBar(err, Ansi.AUTO.enabled());
        TaggerTraining training = new TaggerTraining(ConlluReader.read(train), ConlluReader.read(dev), options());
        TorchRuntime.allCores().start();
        TrainingReport report = new TrainingReport(bar, "accuracy");
        ModelBundle bundle = StopOnSignal.call(() -> training.run(out, report));
        bar.line("wrote " + bundle.manifest().name() + " " + bundle.manifest().version() + " to " + bundle.folder()
                + " in " + report.elapsed());
        return ExitCode.OK.code();
    }

    private TaggerOptions options() {
        List<DataSource> data = sources.entrySet().stream()
                .map((Entry<String, String> source) -> new DataSource(source.getKey(), source.getValue()))
                .toList();
        String model =
                name == null ? out.toAbsolutePath().normalize().getFileName().toString() : name;
        return new TaggerOptions(
                model,
                version,
                language,
                data,
                licence,
                longestInput,
                minCount,
                wordDropout,
                wordSize,
                characterFilters,
                hiddenSize,
                numLayers,
                dropout,
                new TrainingSettings(epochs, patience, batchSize, learningRate, 400, 5.0, 0.998, seed));
    }
}

package dev.lexstream.cli;

import dev.lexstream.failure.ExitCode;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.torchscript.BertClassifier.Head;
import dev.lexstream.train.ClassifierData;
import dev.lexstream.train.ClassifierOptions;
import dev.lexstream.train.ClassifierTraining;
import dev.lexstream.train.EncoderTraining;
import dev.lexstream.train.LabelledText;
import dev.lexstream.train.PretrainedEncoder;
import dev.lexstream.train.TrainingException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lexstream train classifier}. */
@Command(
        name = "classifier",
        description = "Train a BERT classifier on lines of label<TAB>text and write its bundle.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TrainClassifierCommand implements Callable<Integer> {

    @Option(
            names = "--train",
            required = true,
            paramLabel = "FILE",
            description = "Labelled texts to learn from, plain or gzipped.")
    private Path train;

    @Option(
            names = "--dev",
            required = true,
            paramLabel = "FILE",
            description = "Labelled texts to measure on and to stop by.")
    private Path dev;

    @Option(
            names = "--outliers",
            arity = "1..*",
            paramLabel = "FILE[:COLUMN]",
            description =
                    "Out-of-scope texts to learn from. A classifier that is given some rejects texts: its threshold"
                            + " accepts 95 %% of the dev texts.")
    private List<String> outliers = List.of();

    @Option(
            names = "--dev-out-of-scope",
            paramLabel = "FILE",
            description = "Out-of-scope texts to measure on, lines of label<TAB>text.")
    private Path devOutOfScope;

    @Option(
            names = "--pretrain",
            arity = "1..*",
            paramLabel = "FILE[:COLUMN]",
            description = "Unlabelled texts to train the encoder on first, as a masked language model.")
    private List<String> pretrain = List.of();

    @Option(
            names = "--start",
            paramLabel = "DIR",
            description = "Bundle whose encoder and vocabulary to start from, such as one of 'train encoder'.")
    private Path start;

    @Mixin
    private final BundleOptions bundle = new BundleOptions("en");

    @Option(
            names = "--head",
            paramLabel = "HEAD",
            defaultValue = "linear",
            converter = HeadName.class,
            description = "What comes after the pooled output: linear or linear_relu. Default: ${DEFAULT-VALUE}.")
    private Head head;

    @Mixin
    private final EncoderShape shape = new EncoderShape();

    @Option(
            names = "--classifier-dropout",
            paramLabel = "P",
            defaultValue = "0.15",
            description = "Dropout while learning to classify. Default: ${DEFAULT-VALUE}.")
    private double dropout;

    @Option(
            names = "--word-dropout",
            paramLabel = "P",
            defaultValue = "0.1",
            description = "Probability of a token to be hidden in training. Default: ${DEFAULT-VALUE}.")
    private double wordDropout;

    @Option(
            names = "--label-smoothing",
            paramLabel = "P",
            defaultValue = "0.1",
            description = "Probability that all classes share in training targets. Default: ${DEFAULT-VALUE}.")
    private double smoothing;

    @Option(
            names = "--outlier-share",
            paramLabel = "X",
            defaultValue = "0.2",
            description = "Outliers in an epoch, as a fraction of the labelled texts. Default: ${DEFAULT-VALUE}.")
    private double outlierShare;

    @Mixin
    private final TrainingOptions training = new TrainingOptions(12, 64, 0.0005);

    @Mixin
    private final PretrainingOptions pretraining = new PretrainingOptions();

    private final PrintStream err;

    TrainClassifierCommand(PrintStream err) {
        this.err = err;
    }

    @Override
    public Integer call() throws Exception {
        ClassifierData data = ClassifierData.of(
                LabelledText.read(train),
                LabelledText.read(dev),
                TextSources.read(outliers),
                devOutOfScope == null
                        ? List.of()
                        : LabelledText.read(devOutOfScope).stream()
                                .map(LabelledText::text)
                                .toList());
        training.startRuntime();
        ProgressBar bar = new ProgressBar(err, Ansi.AUTO.enabled());
        TrainingReport report = new TrainingReport(bar, "accuracy");
        ModelBundle written = StopOnSignal.call(() -> new ClassifierTraining(
                        data,
                        new ClassifierOptions(head, dropout, wordDropout, smoothing, outlierShare),
                        training.settings(),
                        encoder(data, bar))
                .run(bundle.out(), bundle.info(), report));
        report.written(written);
        return ExitCode.OK.code();
    }

    private PretrainedEncoder encoder(ClassifierData data, ProgressBar bar)
            throws IOException, BundleException, TrainingException {
        if (start != null) {
            return PretrainedEncoder.of(ModelBundle.open(start));
        }
        List<String> texts = new ArrayList<>(TextSources.read(pretrain));
        if (texts.isEmpty()) {
            data.train().forEach(text -> texts.add(text.text()));
            return EncoderTraining.untrained(
                    texts, shape.options(), training.settings().seed());
        }
        return new EncoderTraining(texts, shape.options(), 1, pretraining.settings(training.settings()))
                .run(new TrainingReport(bar, "masked words"));
    }
}

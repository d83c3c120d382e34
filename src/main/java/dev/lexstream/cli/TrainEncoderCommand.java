package dev.lexstream.cli;

import dev.lexstream.failure.ExitCode;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.train.EncoderTraining;
import dev.lexstream.train.PretrainedEncoder;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lexstream train encoder}. */
@Command(
        name = "encoder",
        description = "Pre-train a BERT encoder on unlabelled texts as a masked language model; classifiers can be"
                + " started from its bundle.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TrainEncoderCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            required = true,
            arity = "1..*",
            paramLabel = "FILE[:COLUMN]",
            description = "Texts, one a line, plain or gzipped, or one column of lines separated by tabs.")
    private List<String> data;

    @Option(
            names = "--start",
            paramLabel = "DIR",
            description = "Bundle whose encoder and vocabulary to train further; its shape is kept.")
    private Path start;

    @Option(
            names = "--longest-span",
            paramLabel = "N",
            defaultValue = "1",
            description = "Neighbouring tokens that are hidden together at most; 1 hides each for itself, 3 suits"
                    + " Chinese, whose words are several tokens. Default: ${DEFAULT-VALUE}.")
    private int longestSpan;

    @Mixin
    private final BundleOptions bundle = new BundleOptions("en");

    @Mixin
    private final EncoderShape shape = new EncoderShape();

    @Mixin
    private final TrainingOptions training = new TrainingOptions(10, 128, 0.001);

    private final PrintStream err;

    TrainEncoderCommand(PrintStream err) {
        this.err = err;
    }

    @Override
    public Integer call() throws Exception {
        List<String> texts = TextSources.read(data);
        ProgressBar bar = new ProgressBar(err, Ansi.AUTO.enabled());
        EncoderTraining encoder = start == null
                ? new EncoderTraining(texts, shape.options(), longestSpan, training.settings())
                : new EncoderTraining(
                        texts, PretrainedEncoder.of(ModelBundle.open(start)), longestSpan, training.settings());
        training.startRuntime();
        TrainingReport report = new TrainingReport(bar, "masked words");
        ModelBundle written = StopOnSignal.call(() -> encoder.run(bundle.out(), bundle.info(), report));
        report.written(written);
        return ExitCode.OK.code();
    }
}

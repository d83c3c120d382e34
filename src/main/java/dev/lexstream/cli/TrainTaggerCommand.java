package dev.lexstream.cli;

import dev.lexstream.failure.ExitCode;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.BundleWriter;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.train.StartingPoint;
import dev.lexstream.train.TagNotes;
import dev.lexstream.train.TaggedFormat;
import dev.lexstream.train.TaggedSentence;
import dev.lexstream.train.TaggerOptions;
import dev.lexstream.train.TaggerTraining;
import dev.lexstream.train.TokenUnit;
import dev.lexstream.train.TrainingException;
import dev.lexstream.train.VisibleText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lexstream train tagger}. */
@Command(
        name = "tagger",
        description = {
            "Train an LSTM tagger and write its bundle.",
            "From CoNLL-U it learns the parts of speech (UPOS) of words or, with --unit character, to find words and their"
                    + " parts of speech in text without spaces; from BIO it learns to find entities."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TrainTaggerCommand implements Callable<Integer> {

    @Option(
            names = "--train",
            required = true,
            paramLabel = "FILE",
            description = "File to learn from, plain or gzipped: CoNLL-U, or BIO with lines of TOKEN<TAB>TAG.")
    private Path train;

    @Option(
            names = "--dev",
            required = true,
            paramLabel = "FILE",
            description = "File to measure on and to stop by, of the same format.")
    private Path dev;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "conllu or bio. Default: by the number of columns.")
    private TaggedFormat format;

    @Option(
            names = "--unit",
            paramLabel = "UNIT",
            defaultValue = "word",
            description = "What a token is, word or character. Default: ${DEFAULT-VALUE}.")
    private TokenUnit unit;

    @Option(
            names = "--start",
            paramLabel = "DIR",
            description =
                    "Bundle of a tagger or an encoder (train characters) to begin with: its vocabularies, its sizes, its"
                            + " encoder and its LSTM.")
    private Path start;

    @Option(
            names = "--no-crf",
            description = "Find each tag by itself, not a sentence's together by a conditional random field.")
    private boolean noCrf;

    @Mixin
    private final BundleOptions bundle = new BundleOptions("en");

    @Mixin
    private final TaggerSizeOptions sizes = new TaggerSizeOptions();

    @Mixin
    private final TrainingOptions training = new TrainingOptions(24, 32, 0.002);

    private final PrintStream err;

    TrainTaggerCommand(PrintStream err) {
        this.err = err;
    }

    @Override
    public Integer call() throws Exception {
        BundleWriter.checkReplaceable(bundle.out());
        TaggedFormat read = format == null ? TaggedFormat.of(train) : format;
        TaggerOptions options = sizes.options(bundle.info(), unit, !noCrf, training.settings());
        ProgressBar bar = new ProgressBar(err, Ansi.AUTO.enabled());
        TaggerTraining tagger = new TaggerTraining(
                read, sentences(read, train, bar), sentences(read, dev, bar), options, startingPoint());
        training.startRuntime();
        TrainingReport report = new TrainingReport(bar, tagger.measure());
        ModelBundle written = StopOnSignal.call(() -> tagger.run(bundle.out(), report));
        report.written(written);
        return ExitCode.OK.code();
    }

    /** Reads a file and says what in it is not as it should be, though it can be used. */
    private static List<TaggedSentence> sentences(TaggedFormat format, Path file, ProgressBar bar)
            throws IOException, TrainingException {
        List<TaggedSentence> sentences = format.read(file);
        TagNotes.of(format, sentences).forEach(note -> bar.line(VisibleText.escaped(file + ": " + note)));
        return sentences;
    }

    private Optional<StartingPoint> startingPoint() throws IOException, BundleException {
        return start == null ? Optional.empty() : Optional.of(StartingPoint.of(ModelBundle.open(start)));
    }
}

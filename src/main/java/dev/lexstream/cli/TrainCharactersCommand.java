package dev.lexstream.cli;

import dev.lexstream.failure.ExitCode;
import dev.lexstream.model.BundleWriter;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.train.CharacterTraining;
import dev.lexstream.train.TaggerOptions;
import dev.lexstream.train.TokenUnit;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lexstream train characters}. */
@Command(
        name = "characters",
        description = "Train the encoder of taggers of characters on texts without tags, by finding hidden characters."
                + " Taggers begin with it by 'train tagger --start'.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TrainCharactersCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            required = true,
            arity = "1..*",
            paramLabel = "FILE[:COLUMN]",
            description = "Texts, one a line, plain or gzipped, or one column of lines separated by tabs.")
    private List<String> data;

    @Option(
            names = "--min-ngram-count",
            paramLabel = "N",
            defaultValue = "5",
            description = "N-grams seen less often are unknown. Default: ${DEFAULT-VALUE}.")
    private int minNgramCount;

    @Mixin
    private final BundleOptions bundle = new BundleOptions("zh");

    @Mixin
    private final TaggerSizeOptions sizes = new TaggerSizeOptions();

    @Mixin
    private final TrainingOptions training = new TrainingOptions(4, 64, 0.003);

    private final PrintStream err;

    TrainCharactersCommand(PrintStream err) {
        this.err = err;
    }

    @Override
    public Integer call() throws Exception {
        BundleWriter.checkReplaceable(bundle.out());
        TaggerOptions options = sizes.options(bundle.info(), TokenUnit.CHARACTER, false, training.settings());
        CharacterTraining characters = new CharacterTraining(TextSources.read(data), options, minNgramCount);
        training.startRuntime();
        TrainingReport report =
                new TrainingReport(new ProgressBar(err, Ansi.AUTO.enabled()), "hidden characters found");
        ModelBundle written = StopOnSignal.call(() -> characters.run(bundle.out(), report));
        report.written(written);
        return ExitCode.OK.code();
    }
}

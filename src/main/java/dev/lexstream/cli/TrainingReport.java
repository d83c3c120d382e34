package dev.lexstream.cli;

import dev.lexstream.model.ModelBundle;
import dev.lexstream.train.Comparison;
import dev.lexstream.train.TrainingProgress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Prints training as a progress bar and a line an epoch. */
final class TrainingReport implements TrainingProgress {

    private final ProgressBar bar;
    private final String measure;
    private final long begin = System.nanoTime();
    private Optional<Comparison> comparison = Optional.empty();

    /** @param measure what the dev score is, such as {@code accuracy} */
    TrainingReport(ProgressBar bar, String measure) {
        this.bar = bar;
        this.measure = measure;
    }

    @Override
    public void step(int epoch, int step, int steps, float loss) {
        String note = String.format(Locale.ROOT, "loss %.4f  %s", loss, elapsed());
        bar.update(String.format(Locale.ROOT, "epoch %3d", epoch), step, steps, note);
    }

    @Override
    public void epoch(int epoch, float loss, double score, boolean best) {
        bar.line(String.format(
                Locale.ROOT,
                "epoch %3d  loss %.4f  dev %s %.2f %%%s  %s",
                epoch,
                loss,
                measure,
                100 * score,
                best ? " *" : "  ",
                elapsed()));
    }

    @Override
    public void resumed(int epoch) {
        bar.line("going on from the checkpoint after epoch " + epoch);
    }

    @Override
    public void compared(Comparison comparison) {
        this.comparison = Optional.of(comparison);
    }

    /** Says where the trained model is, and that it is no better than one that has learned nothing where that is so. */
    void written(ModelBundle bundle) {
        bar.line("wrote " + bundle.manifest().name() + " " + bundle.manifest().version() + " to " + bundle.folder()
                + " in " + elapsed());
        comparison.flatMap(TrainingReport::warning).ifPresent(bar::line);
    }

    private static Optional<String> warning(Comparison comparison) {
        if (!comparison.isPossible()) {
            return Optional.of("warning: the dev data has one class only, so its " + comparison.measure()
                    + " does not say whether the model has learned anything");
        }
        return comparison.isBetter()
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "warning: the model is no better than %s: dev %s %.2f %%, that gives %.2f %%."
                                + " It needs more data, more steps or an encoder to start from.",
                        comparison.way(),
                        comparison.measure(),
                        100 * comparison.score(),
                        100 * comparison.trivial()));
    }

    private String elapsed() {
        return ProgressBar.clock(Duration.ofNanos(System.nanoTime() - begin));
    }
}

package dev.lexstream.cli;

import dev.lexstream.model.ModelBundle;
import dev.lexstream.train.TrainingProgress;
import java.time.Duration;
import java.util.Locale;

/** Prints training as a progress bar and a line an epoch. */
final class TrainingReport implements TrainingProgress {

    private final ProgressBar bar;
    private final String measure;
    private final long begin = System.nanoTime();

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

    /** Says where the trained model is. */
    void written(ModelBundle bundle) {
        bar.line("wrote " + bundle.manifest().name() + " " + bundle.manifest().version() + " to " + bundle.folder()
                + " in " + elapsed());
    }

    String elapsed() {
        return ProgressBar.clock(Duration.ofNanos(System.nanoTime() - begin));
    }
}

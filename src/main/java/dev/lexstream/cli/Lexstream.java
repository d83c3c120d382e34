package dev.lexstream.cli;

import dev.lexstream.model.ModelManifest.DataSource;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.train.*;
import java.nio.file.Path;
import java.util.List;

public final class Lexstream {
    private Lexstream() {}

    public static void main(String[] a) throws Exception {
        TorchRuntime.allCores().start();
        int hidden = Integer.parseInt(a[3]);
        double drop = Double.parseDouble(a[4]);
        int epochs = Integer.parseInt(a[5]);
        TaggerOptions o = new TaggerOptions(
                "tagger-en",
                "1",
                "en",
                List.of(new DataSource("Universal Dependencies English EWT", "CC BY-SA 4.0")),
                "CC BY-SA 4.0",
                512,
                2,
                Double.parseDouble(a[6]),
                128,
                128,
                hidden,
                2,
                drop,
                new TrainingSettings(epochs, 5, 32, 2e-3, 400, 5.0, 0.998, 17));
        long begin = System.nanoTime();
        new TaggerTraining(ConlluReader.read(Path.of(a[0])), ConlluReader.read(Path.of(a[1])), o)
                .run(Path.of(a[2]), new TrainingProgress() {
                    @Override
                    public void step(int epoch, int step, int steps, float loss) {
                        if (step % 50 == 0)
                            System.out.printf(
                                    "%d %d/%d %.4f %.0fs%n",
                                    epoch, step, steps, loss, (System.nanoTime() - begin) / 1e9);
                    }

                    @Override
                    public void epoch(int epoch, float loss, double score, boolean best) {
                        System.out.printf(
                                "EPOCH %d loss %.4f score %.4f %s %.0fs%n",
                                epoch, loss, score, best, (System.nanoTime() - begin) / 1e9);
                    }
                });
    }
}

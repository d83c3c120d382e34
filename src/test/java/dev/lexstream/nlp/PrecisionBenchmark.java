package dev.lexstream.nlp;

import dev.lexstream.local.SampleEvents;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.Devices;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.Precision;
import dev.lexstream.model.TorchModel;
import dev.lexstream.model.TorchRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Texts per second of a model on the CPU in each precision: one batch of 32 sample events, one thread. All precisions
 * take turns in one run; medians are compared with the first.
 *
 * <p>{@code mvn -q test-compile exec:exec -Dexec.classpathScope=test -Dexec.executable=java
 * -Dexec.args="-cp %classpath dev.lexstream.nlp.PrecisionBenchmark src/main/models/classifier-zh fp32 int8 bf16"}
 */
public final class PrecisionBenchmark {

    private static final int BATCH = 32;
    private static final int ROUNDS = 31;
    private static final int WARMUP = 5;

    private PrecisionBenchmark() {}

    public static void main(String[] arguments) throws IOException, BundleException {
        new TorchRuntime(1).start();
        TorchRuntime.optimizeNothingInThisThread();
        ModelBundle bundle = ModelBundle.open(Path.of(arguments[0]));
        List<Precision> precisions =
                Arrays.stream(arguments).skip(1).map(Precision::parse).toList();
        compare(bundle, Tasks.of(bundle), precisions);
    }

    private static <P extends Prepared> void compare(
            ModelBundle bundle, Task<String, P, ?, ?> task, List<Precision> precisions)
            throws IOException, BundleException {
        boolean chinese = bundle.manifest().languages().contains("zh");
        List<P> batch = SampleEvents.load().stream()
                .map(event -> event.text())
                .filter(text -> text.codePoints().anyMatch(Character::isIdeographic) == chinese)
                .limit(BATCH)
                .map(task::prepare)
                .toList();
        List<TorchModel> models = new ArrayList<>();
        for (Precision precision : precisions) {
            models.add(precision.load(bundle, Devices.cpu()));
        }
        double[][] rates = new double[models.size()][ROUNDS];
        for (int round = -WARMUP; round < ROUNDS; round++) {
            for (int i = 0; i < models.size(); i++) {
                long begin = System.nanoTime();
                task.run(models.get(i), batch);
                if (round >= 0) {
                    rates[i][round] = batch.size() / ((System.nanoTime() - begin) / 1e9);
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s %s, a batch of %d texts, one thread, medians of %d rounds%n%n",
                bundle.manifest().name(),
                bundle.manifest().version(),
                batch.size(),
                ROUNDS);
        double first = 0;
        for (int i = 0; i < models.size(); i++) {
            double median = Arrays.stream(rates[i]).sorted().toArray()[ROUNDS / 2];
            first = i == 0 ? median : first;
            System.out.printf(Locale.ROOT, "  %-9s %9.0f texts/s  %5.2f%n", precisions.get(i), median, median / first);
            models.get(i).close();
        }
    }
}

package dev.lexstream.nlp;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lexstream.local.SampleEvents;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.TorchModel;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.model.TranslationSettings.Decoding;
import dev.lexstream.torchscript.ElementType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Tokens per second of a translator's decoding: in TorchScript with one native call for a batch of 32, the same weights
 * driven from Java step by step, and one native call for each text. All three take turns in one run; medians are
 * compared.
 *
 * <p>{@code mvn -q test-compile exec:exec -Dexec.classpathScope=test -Dexec.executable=java
 * -Dexec.args="-cp %classpath dev.lexstream.nlp.DecodingBenchmark src/main/models/translator-zh-en"}
 */
public final class DecodingBenchmark {

    private static final int BATCH = 32;
    private static final int ROUNDS = 15;
    private static final int WARMUP = 3;
    private static final int LONGEST = 40;

    private final TorchModel model;
    private final List<long[]> sources;

    private DecodingBenchmark(TorchModel model, List<long[]> sources) {
        this.model = model;
        this.sources = sources;
    }

    /** A way to decode; tells the tokens it made. */
    private interface Way {
        long tokens();
    }

    public static void main(String[] arguments) throws IOException, BundleException {
        new TorchRuntime(1).start();
        TorchRuntime.optimizeNothingInThisThread();
        ModelBundle bundle = ModelBundle.open(Path.of(arguments[0]));
        SubwordTokenizer tokenizer = SubwordTokenizer.read(bundle.file(Translator.SOURCE_TOKENIZER));
        List<long[]> sources = new ArrayList<>();
        List<String> texts = SampleEvents.load().stream()
                .map(event -> event.text())
                .filter(text -> text.codePoints().anyMatch(Character::isIdeographic))
                .toList();
        for (int i = 0; i < BATCH; i++) {
            sources.add(tokenizer.encode(texts.get(i % texts.size())));
        }
        try (TorchModel model = TorchModel.load(
                bundle.manifest().architecture(), bundle.weights(), ElementType.FLOAT32, Device.cpu())) {
            System.out.printf(
                    Locale.ROOT,
                    "%s %s, %d texts, one thread, medians of %d rounds%n%n",
                    bundle.manifest().name(),
                    bundle.manifest().version(),
                    BATCH,
                    ROUNDS);
            System.out.printf(
                    "  %-8s %16s %16s %8s %16s %8s%n", "", "one call", "step by step", "ratio", "batch of 1", "ratio");
            for (int beam : new int[] {1, 4}) {
                new DecodingBenchmark(model, sources).compare(beam);
            }
        }
    }

    private void compare(int beam) {
        List<Way> ways = List.of(() -> oneCall(sources, beam), () -> stepByStep(beam), () -> {
            long tokens = 0;
            for (long[] source : sources) {
                tokens += oneCall(List.of(source), beam);
            }
            return tokens;
        });
        double[][] rates = new double[ways.size()][ROUNDS];
        for (int round = -WARMUP; round < ROUNDS; round++) {
            for (int way = 0; way < ways.size(); way++) {
                long begin = System.nanoTime();
                long tokens = ways.get(way).tokens();
                if (round >= 0) {
                    rates[way][round] = tokens / ((System.nanoTime() - begin) / 1e9);
                }
            }
        }
        double[] medians = Arrays.stream(rates)
                .mapToDouble(row -> Arrays.stream(row).sorted().toArray()[ROUNDS / 2])
                .toArray();
        System.out.printf(
                Locale.ROOT,
                "  %-8s %10.0f tok/s %10.0f tok/s %8.2f %10.0f tok/s %8.2f%n",
                beam == 1 ? "greedy" : "beam " + beam,
                medians[0],
                medians[1],
                medians[0] / medians[1],
                medians[2],
                medians[0] / medians[2]);
    }

    private long oneCall(List<long[]> batch, int beam) {
        Decoding decoding = new Decoding(beam, 1, 0, 0, 0, 0, LONGEST);
        try (NDManager manager = model.manager().newSubManager()) {
            float[] values = model.call(
                            "translate",
                            new NDList(
                                    TokenMatrix.of(manager, batch),
                                    manager.create(decoding.options()),
                                    manager.create(new float[0])))
                    .singletonOrThrow()
                    .toFloatArray();
            int width = values.length / batch.size();
            long tokens = 0;
            for (int i = 0; i < values.length; i++) {
                tokens += i % width > 0 && values[i] != 0 ? 1 : 0;
            }
            return tokens + batch.size();
        }
    }

    private long stepByStep(int beam) {
        return new StepwiseDecoder(model, beam, 1, LONGEST)
                .decode(sources).stream()
                        .mapToLong(hypothesis -> hypothesis.tokens().size() + 1)
                        .sum();
    }
}

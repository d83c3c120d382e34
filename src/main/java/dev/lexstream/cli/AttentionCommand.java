package dev.lexstream.cli;

import dev.lexstream.failure.ExitCode;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.Devices;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.TorchModel;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.nlp.AttentionMap;
import dev.lexstream.nlp.Translator;
import dev.lexstream.torchscript.ElementType;
import dev.lexstream.torchscript.RnnSeq2Seq;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lexstream attention}. */
@Command(
        name = "attention",
        description = "Translate a text and draw where the translator looked for each word it wrote.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class AttentionCommand implements Callable<Integer> {

    /** Source tokens listed for each target token. */
    private static final int LISTED = 3;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "DIR",
            description = "Folder of a translator's bundle: a recurrent network with attention.")
    private Path model;

    @Option(names = "--text", required = true, paramLabel = "TEXT", description = "The text to translate.")
    private String text;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The picture to write, SVG.")
    private Path file;

    private final PrintStream out;

    AttentionCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, BundleException {
        ModelBundle bundle = ModelBundle.open(model);
        requireAttention(bundle);
        Translator translator = Translator.of(bundle);
        TorchRuntime.allCores().start();
        try (TorchModel torch = TorchModel.load(
                bundle.manifest().architecture(), bundle.weights(), ElementType.FLOAT32, Devices.cpu())) {
            List<AttentionMap> maps = AttentionMap.of(torch, translator, text);
            maps.forEach(this::print);
            String title = bundle.manifest().name() + " " + bundle.manifest().version();
            Files.writeString(file, AttentionPicture.of(maps, title));
        }
        out.println("picture in " + file);
        return ExitCode.OK.code();
    }

    private static void requireAttention(ModelBundle bundle) throws BundleException {
        boolean shows = bundle.manifest().architecture() instanceof RnnSeq2Seq rnn
                && rnn.attention() != RnnSeq2Seq.Attention.NONE;
        if (!shows) {
            throw new BundleException(
                    bundle.folder(),
                    List.of("attention can be drawn of rnn_seq2seq with attention dot, general or additive, found "
                            + bundle.manifest().architecture()));
        }
    }

    /** A line for each target token: the source tokens with the largest weights. */
    private void print(AttentionMap map) {
        List<String> source = AttentionPicture.labels(map.source());
        List<String> target = AttentionPicture.labels(map.target());
        int width = target.stream().mapToInt(String::length).max().orElse(0);
        for (int row = 0; row < target.size(); row++) {
            List<Float> weights = map.weights().get(row);
            String largest = IntStream.range(0, source.size())
                    .boxed()
                    .sorted((a, b) -> Float.compare(weights.get(b), weights.get(a)))
                    .limit(LISTED)
                    .map(i -> source.get(i) + " " + AttentionPicture.percent(weights.get(i), 0))
                    .collect(Collectors.joining("   "));
            out.println(
                    "  " + target.get(row) + " ".repeat(width - target.get(row).length()) + "  \u2190  " + largest);
        }
        out.println();
    }
}

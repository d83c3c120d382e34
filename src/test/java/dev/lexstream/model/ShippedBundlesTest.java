package dev.lexstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.nlp.GoldenSample;
import dev.lexstream.nlp.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every model that is shipped. */
class ShippedBundlesTest {

    private static final Path MODELS = Path.of(System.getProperty("lexstream.models"));
    private static final long LARGEST_BYTES = 120_000_000;

    static Stream<Path> bundles() throws IOException {
        try (Stream<Path> folders = Files.list(MODELS)) {
            return folders.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void aBundleIsWholeAndItsCardNamesDataLicenceAndQuality(Path folder) throws Exception {
        ModelBundle bundle = ModelBundle.open(folder);
        ModelManifest manifest = bundle.manifest();
        assertThat(manifest.name()).isEqualTo(folder.getFileName().toString());
        assertThat(manifest.data()).isNotEmpty();
        assertThat(manifest.licence()).startsWith("CC BY");
        assertThat(manifest.quality()).isNotEmpty();
        assertThat(bundle.weights()).isNotEmpty();
        assertThat(Files.readString(folder.resolve("README.md"))).isEqualTo(ModelCard.of(manifest));
        assertThat(folder.resolve("tokenizer.json")).exists();
        assertThat(Tasks.of(bundle)).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void aBundleAgreesWithItsGoldenSampleInEveryPrecisionOfTheCpu(Path folder) throws Exception {
        TorchRuntime.allCores().start();
        TorchRuntime.optimizeNothingInThisThread();
        ModelBundle bundle = ModelBundle.open(folder);
        GoldenSample sample = GoldenSample.read(bundle).orElseThrow();
        assertThat(sample.examples())
                .hasSizeGreaterThan(4)
                .noneMatch(example -> example.findings().isEmpty()
                        && !bundle.manifest().labels().contains("O"));
        for (Precision precision : List.of(Precision.FP32, Precision.BF16, Precision.INT8)) {
            if (precision == Precision.INT8
                    && bundle.manifest().architecture().linearLayers().isEmpty()) {
                continue;
            }
            try (TorchModel model = precision.load(bundle, Devices.cpu())) {
                assertThat(sample.differences(bundle, model))
                        .as("%s", precision)
                        .isEmpty();
            }
        }
    }

    @Test
    void allTogetherAreSmall() throws Exception {
        assertThat(bundles().map(folder -> folder.getFileName().toString()))
                .containsExactlyElementsOf(List.of(
                        "classifier-en",
                        "classifier-zh",
                        "classifier-zh-5",
                        "slots-zh",
                        "tagger-en",
                        "tagger-zh",
                        "translator-zh-en",
                        "translator-zh-en-rnn"));
        try (Stream<Path> files = Files.walk(MODELS)) {
            assertThat(files.filter(Files::isRegularFile)
                            .mapToLong(file -> file.toFile().length())
                            .sum())
                    .isLessThan(LARGEST_BYTES);
        }
    }
}

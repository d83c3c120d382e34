package dev.lexstream.nlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.BundleWriter;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelManifest;
import dev.lexstream.model.ModelManifest.TaskKind;
import dev.lexstream.model.TorchModel;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.torchscript.ElementType;
import dev.lexstream.torchscript.LstmTagger;
import dev.lexstream.torchscript.TokenEncoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped English tagger. */
class TaggerTest {

    private static Tagger tagger;
    private static TorchModel model;

    @BeforeAll
    static void load() throws Exception {
        TorchRuntime.allCores().start();
        ModelBundle bundle = ModelBundle.open(Path.of(System.getProperty("lexstream.models"), "tagger-en"));
        tagger = Tagger.of(bundle);
        model = TorchModel.load(bundle.manifest().architecture(), bundle.weights(), ElementType.FLOAT32, Device.cpu());
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void plainSentencesAreTaggedAsAReaderWould() {
        Tagging tagging = tag("The old captain quickly wrote two letters to Maria in Lisbon.");
        assertThat(tagging.tags())
                .extracting(TokenTag::label)
                .containsExactly(
                        "DET", "ADJ", "NOUN", "ADV", "VERB", "NUM", "NOUN", "ADP", "PROPN", "ADP", "PROPN", "PUNCT");
        assertThat(tagging.tags()).allSatisfy(tag -> assertThat(tag.score()).isBetween(0f, 1.0001f));
        assertThat(tagging.coverage()).isEqualTo(Coverage.complete(12));
    }

    @Test
    void aModelThatOverflowsGivesNoTags() {
        TaggerInput input = tagger.prepare("word");
        assertThatThrownBy(() -> tagger.complete(input, new Tagger.Tags(new int[1], new float[] {Float.NaN})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a score of NaN");
    }

    @Test
    void aTextOfAHundredThousandCharactersIsTruncatedAndSaysSo() {
        Tagging tagging = tag("word ".repeat(20_000));
        assertThat(tagging.coverage()).isEqualTo(new Coverage(512, 20_000));
        assertThat(tagging.coverage().truncated()).isTrue();
        assertThat(tagging.tags()).hasSize(512);
    }

    @Test
    void aBundleWhoseVocabularyIsNotThatOfItsWeightsIsRefused(@TempDir Path folder) throws Exception {
        LstmTagger architecture = new LstmTagger(new TokenEncoder.Words(10, 10, 4, 4, 4, 3), 3, 4, 1, true, 0.1, false);
        ModelManifest manifest = new ModelManifest(
                "odd",
                "1",
                TaskKind.TAGGER,
                List.of(),
                8,
                List.of("A"),
                architecture,
                List.of(),
                "CC0",
                Map.of(),
                Map.of());
        WordFeatures vocabulary = new WordFeatures(new Vocabulary(List.of("a", "b")), new Vocabulary(List.of()));
        ModelBundle bundle =
                BundleWriter.write(folder.resolve("odd"), manifest, architecture.start(1), vocabulary.files());
        assertThatThrownBy(() -> Tagger.of(bundle))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("words: the architecture has 10, the bundle 4")
                .hasMessageContaining("characters: the architecture has 10, the bundle 2")
                .hasMessageContaining("labels: the architecture has 3, the bundle 1");
    }

    @Test
    void offsetsCountCodePoints() {
        Tagging tagging = tag("\uD83D\uDE00 Rain");
        assertThat(tagging.tags()).extracting(TokenTag::start).containsExactly(0, 2);
        assertThat(tagging.tags()).extracting(TokenTag::end).containsExactly(1, 6);
    }

    @ParameterizedTest
    @MethodSource("invisibleTexts")
    void aTextWithoutVisibleCharactersIsRefused(String text) {
        assertThatThrownBy(() -> tagger.prepare(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no visible characters");
    }

    static Stream<String> invisibleTexts() {
        return Stream.of("", "   ", "\u200b\u200e", "\n\t\u00a0");
    }

    private static Tagging tag(String text) {
        TaggerInput input = tagger.prepare(text);
        return tagger.complete(input, tagger.run(model, List.of(input)).get(0));
    }
}

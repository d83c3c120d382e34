package dev.lexstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.model.ModelManifest.DataSource;
import dev.lexstream.model.ModelManifest.TaskKind;
import dev.lexstream.torchscript.LstmTagger;
import dev.lexstream.torchscript.Tensor;
import dev.lexstream.torchscript.TokenEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelBundleTest {

    private static final LstmTagger ARCHITECTURE =
            new LstmTagger(new TokenEncoder.Words(10, 10, 4, 4, 4, 3), 2, 4, 1, true, 0.1, false);

    @TempDir
    private Path folder;

    private ModelBundle write(Map<String, BundleWriter.FileWriter> files) throws IOException {
        ModelManifest manifest = new ModelManifest(
                "small",
                "1",
                TaskKind.TAGGER,
                List.of("en"),
                16,
                List.of("A", "B"),
                ARCHITECTURE,
                List.of(new DataSource("made up", "CC0")),
                "CC0",
                Map.of("accuracy", 0.5),
                Map.of());
        return BundleWriter.write(folder.resolve("small"), manifest, ARCHITECTURE.start(3), files);
    }

    @Test
    void whatIsWrittenIsOpened() throws Exception {
        ModelBundle written = write(Map.of("words.txt", file -> Files.writeString(file, "hello\n")));
        ModelBundle opened = ModelBundle.open(folder.resolve("small"));
        assertThat(opened).isEqualTo(written);
        assertThat(opened.weights()).isEqualTo(ARCHITECTURE.start(3));
        assertThat(opened.file("words.txt")).hasContent("hello\n");
        assertThat(opened.file("README.md")).content().contains("made up (CC0)", "| accuracy | 50.00 % |");
        assertThat(folder).isDirectoryNotContaining("glob:**/.small-*");
    }

    @Test
    void aMissingFolderAndAFolderWithoutManifestAreNamed() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> ModelBundle.open(missing))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(missing.toString())
                .hasMessageContaining("no such folder");
        assertThatThrownBy(() -> ModelBundle.open(folder))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("has no model.json");
    }

    @Test
    void missingAndAlteredFilesAreAllNamed() throws IOException {
        ModelBundle bundle = write(Map.of("words.txt", file -> Files.writeString(file, "hello\n")));
        Files.delete(bundle.file("words.txt"));
        Files.writeString(bundle.file("README.md"), "another card");
        assertThatThrownBy(() -> ModelBundle.open(bundle.folder()))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("words.txt is missing")
                .hasMessageContaining("README.md was altered: its SHA-256 is");
    }

    @Test
    void aManifestThatIsWrongSaysWhere() throws IOException {
        ModelBundle bundle = write(Map.of());
        Path manifest = bundle.file(ModelBundle.MANIFEST);
        String json = Files.readString(manifest);
        Files.writeString(manifest, json.replace("\"longest_input\" : 16", "\"longest_inputs\" : 16"));
        assertThatThrownBy(() -> ModelBundle.open(bundle.folder()))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("model.json line ")
                .hasMessageContaining("longest_input");
        Files.writeString(manifest, json.replace("\"lstm_tagger\"", "\"gpt\""));
        assertThatThrownBy(() -> ModelBundle.open(bundle.folder())).hasMessageContaining("'gpt'");
        Files.writeString(manifest, "{");
        assertThatThrownBy(() -> ModelBundle.open(bundle.folder())).hasMessageContaining("model.json line 1");
    }

    @Test
    void aFailedWriteLeavesTheOldBundleAndNothingElse() throws Exception {
        ModelBundle before = write(Map.of());
        assertThatThrownBy(() -> write(Map.of("words.txt", file -> {
                    throw new IOException("No space left on device");
                })))
                .isInstanceOf(IOException.class);
        assertThat(ModelBundle.open(before.folder())).isEqualTo(before);
        assertThat(folder).isDirectoryNotContaining("glob:**/.small-*");
    }

    @Test
    void aFolderThatIsNoBundleIsNotReplaced() throws IOException {
        Path precious = Files.createDirectories(folder.resolve("small")).resolve("thesis.txt");
        Files.writeString(precious, "years of work");
        assertThatThrownBy(() -> BundleWriter.checkReplaceable(folder.resolve("small")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not a model bundle");
        assertThatThrownBy(() -> BundleWriter.checkReplaceable(precious)).hasMessageContaining("thesis.txt exists");
        BundleWriter.checkReplaceable(folder.resolve("nothing"));
        BundleWriter.checkReplaceable(Files.createDirectory(folder.resolve("empty")));
        assertThatThrownBy(() -> write(Map.of())).hasMessageContaining("is not a model bundle");
        assertThat(precious).hasContent("years of work");
    }

    @Test
    void weightsThatDoNotFitAreRefusedBeforeAnythingIsWritten() {
        Map<String, Tensor> weights = Map.of("x", Tensor.of(new float[1], List.of(1L)));
        assertThatThrownBy(() -> ARCHITECTURE.check(weights))
                .hasMessageContaining("'linear.weight' is missing")
                .hasMessageContaining("'x' is not a parameter");
    }
}

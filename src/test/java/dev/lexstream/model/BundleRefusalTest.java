package dev.lexstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lexstream.model.ModelManifest.DataSource;
import dev.lexstream.model.ModelManifest.TaskKind;
import dev.lexstream.torchscript.LstmTagger;
import dev.lexstream.torchscript.TokenEncoder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A bundle of foreign make: what it names lies within its folder, and nothing large or special is ever read. */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class BundleRefusalTest {

    private static final LstmTagger ARCHITECTURE =
            new LstmTagger(new TokenEncoder.Words(10, 10, 4, 4, 4, 3), 2, 4, 1, true, 0.1, false);

    private static final String NO_HASH = "0".repeat(64);

    @TempDir
    private Path temp;

    private Path folder;
    private Path secret;
    private String secretHash;

    @BeforeEach
    void writeBundleAndSecret() throws IOException {
        folder = temp.resolve("small");
        secret = Files.writeString(temp.resolve("secret"), "not yours\n");
        secretHash = Checksum.sha256(secret);
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
                Map.of(),
                Map.of());
        BundleWriter.write(
                folder,
                manifest,
                ARCHITECTURE.start(3),
                Map.of("words.txt", file -> Files.writeString(file, "hello\n")));
    }

    private String refusal() {
        return refusal(folder);
    }

    private static String refusal(Path bundle) {
        try {
            ModelBundle.open(bundle);
        } catch (BundleException e) {
            assertThat(e.getMessage()).hasSizeLessThan(5_000).doesNotContain("\n");
            return e.getMessage();
        }
        throw new AssertionError("the bundle was opened");
    }

    private void edit(String old, String replacement) throws IOException {
        Path manifest = folder.resolve(ModelBundle.MANIFEST);
        String json = Files.readString(manifest);
        assertThat(json).contains(old);
        Files.writeString(manifest, json.replace(old, replacement));
    }

    private void name(String json) throws IOException {
        edit("\"words.txt\" :", "\"" + json + "\" : \"" + NO_HASH + "\", \"words.txt\" :");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret",
                "./words.txt",
                "a/../../secret",
                "a/..",
                "..",
                ".",
                "",
                "/",
                "a//b",
                "a/",
                "..\\\\secret",
                "a\\\\b",
                "C:secret",
                "C:/secret",
                "a\\u0000b",
                "a\\nb",
                "a\\u001b[31mb",
                "model.json",
                "Words.txt",
                "MODEL.safetensors",
                "words.txt"
            })
    void aNameThatIsNotOneOfAFileInTheFolderIsRefusedUnread(String json) throws IOException {
        name(json);
        assertThat(refusal())
                .contains("model.json")
                .doesNotContain(secretHash)
                .doesNotContain("is missing")
                .doesNotContain("SHA-256")
                .matches("\\P{Cntrl}*");
    }

    @Test
    void anAbsoluteNameIsRefusedUnread() throws IOException {
        name(secret.toString());
        assertThat(refusal()).contains("model.json", secret.toString()).doesNotContain(secretHash);
    }

    @Test
    void aLinkThatLeavesTheFolderIsRefusedUnread() throws IOException {
        Files.delete(folder.resolve("words.txt"));
        Files.createSymbolicLink(folder.resolve("words.txt"), Path.of("../secret"));
        assertThat(refusal()).contains("words.txt", "leaves the folder").doesNotContain(secretHash);
    }

    @Test
    void aLinkInTheMiddleOfANameIsRefusedUnread() throws IOException {
        Files.createSymbolicLink(folder.resolve("up"), temp);
        name("up/secret");
        assertThat(refusal()).contains("up/secret", "leaves the folder").doesNotContain(secretHash);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.json", "model.safetensors"})
    void linksInPlaceOfManifestOrWeightsAreRefusedUnread(String name) throws IOException {
        Path elsewhere = temp.resolve("elsewhere");
        Files.move(folder.resolve(name), elsewhere);
        Files.createSymbolicLink(folder.resolve(name), elsewhere);
        assertThat(refusal()).contains(name, "leaves the folder");
    }

    @Test
    void aLinkToADeviceOrToItselfIsRefused() throws IOException {
        Files.delete(folder.resolve("words.txt"));
        Files.createSymbolicLink(folder.resolve("words.txt"), Path.of("/dev/zero"));
        assertThat(refusal()).contains("words.txt", "leaves the folder");
        Files.delete(folder.resolve("words.txt"));
        Files.createSymbolicLink(folder.resolve("words.txt"), Path.of("words.txt"));
        assertThat(refusal()).contains("words.txt");
    }

    @Test
    void theFolderItselfMayBeALinkAndSoMayItsFilesAsLongAsTheyStayInIt() throws Exception {
        Files.move(folder.resolve("words.txt"), folder.resolve("other.txt"));
        Files.createSymbolicLink(folder.resolve("words.txt"), Path.of("other.txt"));
        Path link = Files.createSymbolicLink(temp.resolve("link"), folder);
        assertThat(ModelBundle.open(link).weights()).isEqualTo(ARCHITECTURE.start(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.json", "model.safetensors", "words.txt"})
    void aFolderInPlaceOfAFileIsRefused(String name) throws IOException {
        Files.delete(folder.resolve(name));
        Files.createDirectory(folder.resolve(name));
        assertThat(refusal()).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.json", "model.safetensors", "words.txt"})
    void aPipeInPlaceOfAFileIsRefusedAndNotWaitedFor(String name) throws Exception {
        Files.delete(folder.resolve(name));
        Process mkfifo = new ProcessBuilder("mkfifo", folder.resolve(name).toString()).start();
        assumeTrue(mkfifo.waitFor() == 0);
        assertThat(refusal()).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.json", "vocabulary.json"})
    void aJsonFileOfGigabytesIsRefusedUnread(String name) throws IOException {
        if (!name.equals(ModelBundle.MANIFEST)) {
            name(name);
        }
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
            file.setLength(5L << 30);
        }
        assertThat(refusal()).contains(name, "5368709120 bytes");
    }

    @Test
    void deepJsonIsRefused() throws IOException {
        String deep = "[".repeat(500_000);
        edit("\"licence\" : \"CC0\"", "\"licence\" : " + deep + "]".repeat(500_000));
        assertThat(refusal()).contains("model.json");
        Files.writeString(folder.resolve(ModelBundle.MANIFEST), deep);
        assertThat(refusal()).contains("model.json");
        Files.writeString(folder.resolve(ModelBundle.MANIFEST), "{\"architecture\":".repeat(100_000));
        assertThat(refusal()).contains("model.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "7", "\"model\"", "", " ", "{} {}", "\u0000\u0000\u0000{"})
    void whatIsNoManifestIsRefused(String json) throws IOException {
        Files.writeString(folder.resolve(ModelBundle.MANIFEST), json);
        assertThat(refusal()).contains("model.json");
    }

    @ParameterizedTest
    @CsvSource({
        "num_layers, 1, 2000000000",
        "num_layers, 1, 2147483647",
        "hidden_size, 4, 1073741824",
        "hidden_size, 4, 2147483647",
        "hidden_size, 4, 4.0e300",
        "hidden_size, 4, 99999999999999999999",
        "words, 10, 2000000000",
        "word_size, 4, 2147483647",
        "character_filters, 4, 2147483647",
        "character_size, 4, 1000000000",
        "character_window, 3, 2147483647",
        "tags, 2, 2147483647",
        "dropout, 0.1, 1e400",
        "dropout, 0.1, \"\"\"NaN\"\"\""
    })
    void sizesThatTheWeightsDoNotHaveAreRefusedBeforeAnythingIsMadeOfThatSize(String key, String old, String value)
            throws IOException {
        edit("\"" + key + "\" : " + old, "\"" + key + "\" : " + value.replace("\"\"", "\""));
        assertThat(refusal()).contains("small");
    }

    @Test
    void weightsAreLookedAtBeforeTheyAreReadForTheirChecksum() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve(ModelBundle.WEIGHTS).toFile(), "rw")) {
            file.setLength(1900L << 20);
        }
        assertThat(refusal()).contains("model.safetensors");
    }

    @Test
    void aFileThatTheManifestDoesNotNameIsNotTheBundles() throws Exception {
        Files.createSymbolicLink(folder.resolve("tokenizer.json"), secret);
        ModelBundle bundle = ModelBundle.open(folder);
        assertThatThrownBy(() -> bundle.verified("tokenizer.json"))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("model.json names no tokenizer.json");
        assertThat(bundle.verified("words.txt")).hasContent("hello\n");
    }
}

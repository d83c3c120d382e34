package dev.lexstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lexstream.failure.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands that train and measure say of files that are not as they should be. */
class DataFilesTest {

    private static final String CLASSES = "lists\tadd milk to my shopping list\nweather\tis it windy tonight\n";

    @TempDir
    private Path folder;

    private static String model(String name) {
        return Path.of(System.getProperty("lexstream.models"), name).toString();
    }

    private String file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content).toString();
    }

    private String file(String name, String content) throws IOException {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode json(CommandResult result) throws IOException {
        assertThat(result.code()).as(result.err()).isZero();
        return new ObjectMapper().readTree(result.out());
    }

    /** Training commands end before anything is computed; the same file is refused by all that read its kind. */
    private List<CommandResult> readers(String kind, String data) {
        String out = folder.resolve("out").toString();
        return switch (kind) {
            case "classes" -> List.of(
                    CommandResult.of("eval", "classifier", "--model", model("classifier-en"), "--data", data),
                    CommandResult.of("train", "classifier", "--train", data, "--dev", data, "--out", out));
            case "pairs" -> List.of(
                    CommandResult.of("eval", "translator", "--model", model("translator-zh-en"), "--data", data),
                    CommandResult.of("train", "translator", "--train", data, "--dev", data, "--out", out));
            case "tags" -> List.of(
                    CommandResult.of("eval", "tagger", "--model", model("tagger-en"), "--data", data),
                    CommandResult.of("train", "tagger", "--train", data, "--dev", data, "--out", out));
            default -> List.of(
                    CommandResult.of("train", "encoder", "--data", data, "--out", out),
                    CommandResult.of("train", "characters", "--data", data, "--out", out));
        };
    }

    private void refused(String kind, String data, String message) {
        for (CommandResult result : readers(kind, data)) {
            assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.DATA.code());
            assertThat(result.err()).contains(data + message).doesNotContain("\tat ");
            assertThat(result.err().strip()).matches("\\P{Cntrl}*");
        }
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classes", "pairs", "tags", "texts"})
    void whatIsNotUtf8IsRefused(String kind) throws IOException {
        String data = file("gbk.txt", "明天\tO\n下雨\tO\n".getBytes(Charset.forName("GBK")));
        refused(kind, data, " line 1: UTF-8 is required, found byte 0xC3 at byte 1 of the line, offset 0 of the file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"classes", "pairs", "tags", "texts"})
    void gzipThatIsCutOffIsRefusedByName(String kind) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            String row = kind.equals("tags") ? "1\ttea\t_\tNOUN\t_\t_\t_\t_\t_\t_\n" : "tea\tO\n";
            out.write(row.repeat(100).getBytes(StandardCharsets.UTF_8));
        }
        String data = file("cut.gz", Arrays.copyOf(zipped.toByteArray(), zipped.size() - 9));
        refused(kind, data, ": whole gzip data is required, found it damaged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"classes", "pairs", "tags", "texts"})
    void aFolderAndAFileWithoutRowsAreRefusedByName(String kind) throws IOException {
        refused(
                kind,
                Files.createDirectories(folder.resolve("data")).toString(),
                ": a file is required, found a folder");
        refused(kind, file("empty.txt", "\uFEFF\r\n\r\n"), ": ");
    }

    @ParameterizedTest
    @CsvSource({
        "classes, 'lamp\tOn\nlamp\t\u200B\u202E\n', ' line 2: a text with visible characters is required, found none'",
        "classes, '\u001B[2J\tOn\n\u0007\tOff\n', ' line 2: a label with visible characters is required, found ''\\u0007'''",
        "pairs, '茶\ttea\n水\t\u00AD\n', ' line 2: a target with visible characters is required, found none'",
        "tags, '1\tA\t_\tX\t_\t_\t_\t_\t_\t_\n2\t\t_\tX\t_\t_\t_\t_\t_\t_\n', ' line 2: the form is empty or invisible'",
        "texts, '\u200B\n\u2060\n', ': lines with visible characters are required, no text found'"
    })
    void aRowWithoutVisibleTextIsRefusedWithItsLine(String kind, String content, String message) throws IOException {
        refused(kind, file("invisible.txt", content), message);
    }

    @Test
    void aByteOrderMarkMakesNoClass() throws IOException {
        String plain = file("plain.tsv", CLASSES);
        String marked = file("marked.tsv", "\uFEFF" + CLASSES.replace("\n", "\r\n"));
        JsonNode expected = json(
                CommandResult.of("eval", "classifier", "--json", "--model", model("classifier-en"), "--data", plain));
        assertThat(json(CommandResult.of(
                        "eval", "classifier", "--json", "--model", model("classifier-en"), "--data", marked)))
                .isEqualTo(expected);
    }

    @Test
    void wordsWithoutATagAreNotCounted() throws IOException {
        String rest = "\t_\t_\t_\t_\t_\t_";
        String data = file(
                "part.conllu",
                String.join(
                        System.lineSeparator(),
                        "# source\tby hand",
                        "1\tIt\t_\tPRON" + rest,
                        "2\trains\t_\t_" + rest,
                        "3\t.\t_\tPUNCT" + rest));
        JsonNode json =
                json(CommandResult.of("eval", "tagger", "--json", "--model", model("tagger-en"), "--data", data));
        assertThat(json.path("accuracy").asDouble()).isEqualTo(1);
        assertThat(json.path("tokens").asInt()).isEqualTo(2);
        assertThat(json.path("untagged").asInt()).isEqualTo(1);
        assertThat(json.path("tags").has("_")).isFalse();
    }

    /** Labels that nothing in the texts goes with: nothing can be learned, and no dev score is a success. */
    @Test
    void aModelThatHasLearnedNothingIsSaidToHave() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            rows.append(i % 4 == 0 ? "one" : "two").append("\tthe same words each time\n");
        }
        String data = file("rows.tsv", rows.toString());
        CommandResult result = CommandResult.of(
                "train",
                "classifier",
                "--train",
                data,
                "--dev",
                data,
                "--epochs",
                "2",
                "--num-layers",
                "1",
                "--out",
                folder.resolve("out").toString());
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err())
                .contains("warning: the model is no better than always saying 'two': dev accuracy 75.00 %, that gives"
                        + " 75.00 %.");
    }
}

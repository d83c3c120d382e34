package dev.lexstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.failure.ExitCode;
import dev.lexstream.nlp.AttentionMap;
import dev.lexstream.torchscript.RnnSeq2Seq.Attention;
import dev.lexstream.train.TinyTranslator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The picture of a translation's attention. */
class AttentionCommandTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void aTranslationIsDrawnAndListed() throws Exception {
        Path model = folder.resolve("tiny");
        TinyTranslator.write(model, Attention.GENERAL);
        Path picture = folder.resolve("attention.svg");
        assertThat(attention(model, picture)).isEqualTo(ExitCode.OK.code());
        String printed = out.toString(StandardCharsets.UTF_8);
        assertThat(printed).contains("\u2190").contains("%").contains("picture in " + picture);
        Document svg = parse(Files.readString(picture));
        assertThat(texts(svg)).contains("tiny-zh-en 1", "\u98ce", "</s>");
    }

    @Test
    void aModelWithoutAttentionIsRefused() throws Exception {
        Path model = folder.resolve("none");
        TinyTranslator.write(model, Attention.NONE);
        Path picture = folder.resolve("attention.svg");
        assertThat(attention(model, picture)).isNotEqualTo(ExitCode.OK.code());
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("attention can be drawn of rnn_seq2seq with attention dot, general or additive");
        assertThat(picture).doesNotExist();
    }

    @Test
    void thePictureHasACellForEachPairOfTokensAndEscapesThem() throws Exception {
        AttentionMap map = new AttentionMap(
                List.of("<b>", "&", "\u96e8"),
                List.of("\u2581rain", "ing", "</s>"),
                List.of(List.of(0.1f, 0.2f, 0.7f), List.of(0.05f, 0.05f, 0.9f), List.of(1f, 0f, 0f)));
        Document svg = parse(AttentionPicture.of(List.of(map, map), "two sentences"));
        assertThat(texts(svg)).contains("<b>", "&", "rain", "-ing", "</s>", "70", "90", "100");
        assertThat(svg.getElementsByTagName("title").getLength()).isEqualTo(2 * 9);
    }

    private int attention(Path model, Path picture) {
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        return Lexstream.execute(
                print,
                print,
                "attention",
                "--model",
                model.toString(),
                "--text",
                "\u98ce\u66b4\u5173\u95ed\u6e2f\u53e3\u3002",
                "--out",
                picture.toString());
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> texts(Document svg) {
        NodeList nodes = svg.getElementsByTagName("text");
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> nodes.item(i).getTextContent())
                .toList();
    }
}

package dev.lexstream.nlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dev.lexstream.model.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vocabulary files of the shipped taggers mean the same to Hugging Face's tokenizers as to Lexstream. */
class WordLevelFileTest {

    @TempDir
    private Path folder;

    @BeforeAll
    static void offline() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    private static ModelBundle bundle(String name) throws Exception {
        return ModelBundle.open(Path.of(System.getProperty("lexstream.models"), name));
    }

    private static List<Integer> ids(Encoding encoding) {
        List<Integer> ids = new ArrayList<>();
        for (long id : encoding.getIds()) {
            ids.add((int) id);
        }
        return ids;
    }

    @Test
    void wordsHaveTheSameIds() throws Exception {
        WordFeatures features = WordFeatures.read(bundle("tagger-en"));
        List<String> words =
                List.of("The", "OLD", "captain", "paid", "$", "3,500.75", "in", "1999", "Qwzx", "caf\u00e9");
        try (HuggingFaceTokenizer tokenizer =
                HuggingFaceTokenizer.newInstance(bundle("tagger-en").file("tokenizer.json"))) {
            assertThat(ids(tokenizer.encode(String.join(" ", words))))
                    .isEqualTo(words.stream()
                            .map(word -> features.words().id(WordFeatures.normalize(word)))
                            .toList())
                    .contains(Vocabulary.UNKNOWN);
        }
        try (HuggingFaceTokenizer tokenizer =
                HuggingFaceTokenizer.newInstance(bundle("tagger-en").file("characters.json"))) {
            assertThat(ids(tokenizer.encode("Caf\u00e9 9\n")))
                    .isEqualTo("Caf\u00e9 9\n"
                            .chars()
                            .mapToObj(c -> features.characters().id(Character.toString(c)))
                            .toList());
        }
    }

    @ParameterizedTest
    @CsvSource({"tagger-zh", "slots-zh"})
    void charactersHaveTheSameIdsAndOffsets(String name) throws Exception {
        String text = "他在2024年用iPhone 15看了BBC的\uD83D\uDE00\uD842\uDFB7视频\u3000吗？";
        TaggerInput input = Tagger.of(bundle(name)).prepare(text);
        try (HuggingFaceTokenizer tokenizer =
                HuggingFaceTokenizer.newInstance(bundle(name).file("tokenizer.json"))) {
            Encoding encoding = tokenizer.encode(text);
            assertThat(ids(encoding))
                    .isEqualTo(
                            input.forms().stream().map(TaggerInput.Form::word).toList());
            List<Span> spans = new ArrayList<>();
            for (CharSpan span : encoding.getCharTokenSpans()) {
                spans.add(new Span(span.getStart(), span.getEnd()));
            }
            assertThat(spans).isEqualTo(input.spans());
        }
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Path file = folder.resolve("tokenizer.json");
        WordLevelFile.characters(new Vocabulary(List.of("中", "\"", "\\", "a b")))
                .write(file);
        Vocabulary read = WordLevelFile.read(file);
        assertThat(read.all()).containsExactly("<pad>", "<unk>", "中", "\"", "\\", "a b");
        assertThat(read.id("\\")).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{}",
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{}}}",
                "{\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"<pad>\":0,\"<unk>\":1,\"a\":3}}}",
                "{\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"<pad>\":0,\"<unk>\":1,\"a\":1}}}",
                "{\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"a\":0,\"b\":1}}}"
            })
    void aFileOfAnotherFormIsRefusedByName(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("tokenizer.json"), content);
        assertThatThrownBy(() -> WordLevelFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tokenizer.json");
    }
}

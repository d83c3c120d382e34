package dev.lexstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.nlp.SpecialToken;
import dev.lexstream.nlp.SubwordTokenizer;
import dev.lexstream.train.SubwordLearner.Subwords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerFileTest {

    private static final List<String> ENGLISH = List.of(
            "The tea is ready, isn't it?",
            "It's 10:45; the ferry (to Harwich) leaves at 11!",
            "Tom's tea costs $3.50 - \"cheap\".");
    private static final List<String> CHINESE = List.of("茶已经好了，是吗？", "渡轮十一点开往北京。", "汤姆的茶要 3 元,很便宜!", "我们在 Harwich 喝茶。");

    @TempDir
    private Path folder;

    private SubwordTokenizer tokenizer(List<String> texts, boolean spaced, boolean begin) throws IOException {
        Subwords subwords = TokenizerFile.learn(texts, spaced, 120, 1);
        Path file = folder.resolve("tokenizer.json");
        new TokenizerFile(subwords, spaced, begin).write(file);
        return SubwordTokenizer.read(file);
    }

    private static long[] inner(long[] ids, int begin) {
        return Arrays.copyOfRange(ids, begin, ids.length - 1);
    }

    @Test
    void textsComeBackFromTheirTokens() throws Exception {
        SubwordTokenizer english = tokenizer(ENGLISH, true, true);
        for (String text : ENGLISH) {
            assertThat(english.decode(inner(english.encode(text), 1))).isEqualTo(text);
        }
        SubwordTokenizer chinese = tokenizer(CHINESE, false, false);
        for (String text : CHINESE.subList(1, 2)) {
            assertThat(chinese.decode(inner(chinese.encode(text), 0))).isEqualTo(text);
        }
    }

    @Test
    void everyLearnedTokenCanBeReached() throws Exception {
        for (List<String> texts : List.of(ENGLISH, CHINESE)) {
            SubwordTokenizer tokenizer = tokenizer(texts, texts == ENGLISH, false);
            for (String text : texts) {
                // Learning cuts texts as the file does, so nothing that was seen is unknown.
                assertThat(tokenizer.encode(text)).doesNotContain(SpecialToken.UNKNOWN.id());
            }
        }
    }

    @Test
    void aTextGetsItsBeginAndEndAndCannotSpellThem() throws Exception {
        SubwordTokenizer target = tokenizer(ENGLISH, true, true);
        long[] ids = target.encode("the </s> tea <pad>");
        assertThat(ids[0]).isEqualTo(SpecialToken.BEGIN.id());
        assertThat(ids[ids.length - 1]).isEqualTo(SpecialToken.END.id());
        assertThat(inner(ids, 1))
                .doesNotContain(SpecialToken.BEGIN.id(), SpecialToken.END.id(), SpecialToken.PADDING.id());
        assertThat(target.encode(List.of("the tea", "tea")))
                .containsExactly(target.encode("the tea"), target.encode("tea"));
    }

    @Test
    void aVocabularyWithoutSpecialTokensIsRefusedNamingAllOfThem() throws Exception {
        Path file = folder.resolve("tokenizer.json");
        Files.writeString(
                file, "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0,\"<unk>\":1,\"</s>\":2},\"merges\":[]}}");
        assertThatThrownBy(() -> SubwordTokenizer.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tokenizer.json")
                .hasMessageContaining("'<pad>' must have id 0, found no such token")
                .hasMessageContaining("'<s>' must have id 2, found no such token")
                .hasMessageContaining("'</s>' must have id 3, found 2");
    }

    @Test
    void whatIsNoTokenizerIsRefused() throws Exception {
        Path file = folder.resolve("tokenizer.json");
        Files.writeString(
                file, "{\"model\":{\"type\":\"Magic\",\"vocab\":{\"<pad>\":0,\"<unk>\":1,\"<s>\":2,\"</s>\":3}}}");
        assertThatThrownBy(() -> SubwordTokenizer.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a tokenizer.json that can be used");
    }
}

package dev.lexstream.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptArchiveTest {

    private static final LstmTagger SMALL =
            new LstmTagger(new TokenEncoder.Words(30, 20, 8, 4, 6, 3), 5, 7, 2, true, 0.3, false);

    @TempDir
    private Path folder;

    @Test
    void everyEntryIsStoredAtAMultipleOf64Bytes() throws IOException {
        Path file = folder.resolve("model.pt");
        ScriptArchive.write(file, SMALL, SMALL.start(1), ElementType.FLOAT32);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> begins = new ArrayList<>();
        int at = 0;
        while (bytes.getInt(at) == 0x04034b50) {
            assertThat(bytes.getShort(at + 8)).as("compression method").isZero();
            int begin = at + 30 + bytes.getShort(at + 26) + bytes.getShort(at + 28);
            begins.add(begin);
            at = begin + bytes.getInt(at + 18);
        }
        assertThat(begins).hasSizeGreaterThan(20).allMatch(begin -> begin % 64 == 0);
    }

    @Test
    void theSourceIsReadableCodeWithItsParametersWrittenOut() throws IOException {
        Path file = folder.resolve("model.pt");
        ScriptArchive.write(file, SMALL, SMALL.start(1), ElementType.FLOAT16);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            String code = new String(
                    zip.getInputStream(zip.getEntry("lstm_tagger/code/__torch__.py"))
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
            assertThat(code)
                    .contains("class LstmTagger(Module):")
                    .contains("  lstm : __torch__.LstmTagger_lstm")
                    .contains("[self.lstm.weight_ih_l0, self.lstm.weight_hh_l0, self.lstm.bias_ih_l0,")
                    .doesNotContain("parameters(");
            ZipEntry words = zip.getEntry("lstm_tagger/data/0");
            assertThat(words.getSize()).isEqualTo(30 * 8 * 2);
        }
    }

    @Test
    void weightsThatDoNotFitAreAllNamed() {
        Map<String, Tensor> weights = new LinkedHashMap<>(SMALL.start(1));
        weights.remove("linear.bias");
        weights.put("linear.weight", Tensor.of(new float[6], List.of(2L, 3L)));
        weights.put("crf.transitions", Tensor.of(new float[1], List.of(1L)));
        Path file = folder.resolve("model.pt");
        assertThatThrownBy(() -> ScriptArchive.write(file, SMALL, weights, ElementType.FLOAT32))
                .hasMessageContaining("'linear.bias' is missing")
                .hasMessageContaining("'linear.weight' must have shape [5, 14], found [2, 3]")
                .hasMessageContaining("'crf.transitions' is not a parameter");
        assertThat(file).doesNotExist();
    }

    @Test
    void theSameSeedGivesTheSameWeights() {
        assertThat(SMALL.start(7)).isEqualTo(SMALL.start(7)).isNotEqualTo(SMALL.start(8));
    }
}

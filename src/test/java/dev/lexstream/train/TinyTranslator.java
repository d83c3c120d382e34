package dev.lexstream.train;

import dev.lexstream.model.BundleWriter;
import dev.lexstream.model.BundleWriter.FileWriter;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelManifest;
import dev.lexstream.model.ModelManifest.TaskKind;
import dev.lexstream.model.TextSettings;
import dev.lexstream.model.TranslationSettings;
import dev.lexstream.model.TranslationSettings.Decoding;
import dev.lexstream.nlp.Translator;
import dev.lexstream.torchscript.RnnSeq2Seq;
import dev.lexstream.torchscript.RnnSeq2Seq.Attention;
import dev.lexstream.torchscript.RnnSeq2Seq.Cell;
import dev.lexstream.train.SubwordLearner.Subwords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A translator's bundle that knows nothing: subwords of a few sentences, random weights. */
public final class TinyTranslator {

    private static final int SPECIAL_TOKENS = 4;
    private static final List<String> CHINESE = List.of("渡轮因风暴晚点。", "灯塔今晚亮了。", "明天港口关闭。");
    private static final List<String> ENGLISH =
            List.of("The ferry is late because of the storm.", "The lighthouse is lit tonight.", "The port closes.");

    private TinyTranslator() {}

    /** Writes the bundle of a small {@code rnn_seq2seq} from Chinese to English. */
    public static ModelBundle write(Path folder, Attention attention) throws IOException {
        Subwords source = TokenizerFile.learn(CHINESE, false, 60, 1);
        Subwords target = TokenizerFile.learn(ENGLISH, true, 60, 1);
        RnnSeq2Seq architecture = new RnnSeq2Seq(
                source.tokens().size() + SPECIAL_TOKENS,
                target.tokens().size() + SPECIAL_TOKENS,
                Cell.GRU,
                attention,
                8,
                8,
                1,
                true,
                0.1,
                0.1);
        ModelManifest manifest = new ModelManifest(
                "tiny-zh-en",
                "1",
                TaskKind.TRANSLATOR,
                List.of("zh"),
                64,
                List.of(),
                architecture,
                List.of(),
                "CC0",
                Map.of(),
                null,
                new TranslationSettings("en", 40, new Decoding(2, 1, 3, 0, 2, 1, 3)),
                TextSettings.ON,
                Map.of());
        Map<String, FileWriter> files = Map.of(
                Translator.SOURCE_TOKENIZER,
                new TokenizerFile(source, false, false)::write,
                Translator.TARGET_TOKENIZER,
                new TokenizerFile(target, true, false)::write);
        return BundleWriter.write(folder, manifest, architecture.start(3), files);
    }
}

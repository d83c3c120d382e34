package dev.lexstream.train;

import dev.lexstream.model.BundleException;
import dev.lexstream.model.BundleWriter;
import dev.lexstream.model.Devices;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.TorchModel;
import dev.lexstream.nlp.GoldenSample;
import dev.lexstream.torchscript.ElementType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The texts of golden samples, and their way into bundles. */
public final class GoldenTexts {

    private static final Map<String, List<String>> BY_LANGUAGE = Map.of(
            "en",
            List.of(
                    "Wake me up at seven tomorrow morning.",
                    "What is the weather like in Oslo today?",
                    "Turn off the lights in the kitchen, please.",
                    "How much money do I have in my savings account?",
                    "Mary bought three old books at the market.",
                    "Play some quiet piano music."),
            "zh",
            List.of("明天早上七点叫醒我。", "今天上海的天气怎么样？", "请把厨房的灯关掉。", "我想听一首安静的歌。", "他昨天在市场买了三本书。", "你喜欢喝茶吗？"));

    private GoldenTexts() {}

    /** The texts for a model of some languages; of none for all. */
    static List<String> of(List<String> languages) {
        List<String> texts = new ArrayList<>();
        for (String language : languages.isEmpty() ? List.of("en", "zh") : languages) {
            texts.addAll(BY_LANGUAGE.getOrDefault(language, List.of()));
        }
        return texts;
    }

    /**
     * Adds a golden sample to a bundle, or replaces the one it has; a model of languages without texts gets none.
     *
     * @return the bundle with its sample
     */
    public static ModelBundle addTo(ModelBundle bundle) throws IOException {
        List<String> texts = of(bundle.manifest().languages());
        if (texts.isEmpty()) {
            return bundle;
        }
        try (TorchModel model = TorchModel.load(
                bundle.manifest().architecture(), bundle.weights(), ElementType.FLOAT32, Devices.cpu())) {
            GoldenSample sample = GoldenSample.of(bundle, model, texts);
            return BundleWriter.add(bundle, GoldenSample.FILE, sample::write);
        } catch (BundleException e) {
            throw new IOException("the written bundle does not load: " + e.getMessage(), e);
        }
    }
}

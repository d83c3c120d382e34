package dev.lexstream.train;

import dev.lexstream.model.TorchModel;
import dev.lexstream.nlp.NgramFeatures;
import dev.lexstream.nlp.Tagger;
import dev.lexstream.nlp.Tagger.Tags;
import dev.lexstream.nlp.TaggerInput;
import dev.lexstream.nlp.TaggerInput.Form;
import dev.lexstream.nlp.Vocabulary;
import dev.lexstream.torchscript.LstmTagger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Learns from texts alone: some characters are hidden with all n-grams they are part of, and the tagger, whose tags are
 * the characters, finds them from what is around. After Devlin et al., "BERT" (2019), with a recurrent network.
 */
final class MaskedCharacters extends TaggerObjective {

    private static final double HIDDEN = 0.2;
    private static final int BATCH_SIZE = 64;

    private final Tagger tagger;
    private final List<Example> dev = new ArrayList<>();

    /**
     * @param train sentences with the ids of their characters as labels
     * @param dev such sentences; the same characters of them are hidden in every measurement
     */
    MaskedCharacters(
            LstmTagger architecture, Tagger tagger, List<Example> train, List<Example> dev, int batchSize, long seed) {
        super(architecture, train, batchSize);
        this.tagger = tagger;
        SplittableRandom random = new SplittableRandom(seed);
        dev.forEach(example -> this.dev.add(disturb(example, random)));
    }

    @Override
    Example disturb(Example example, SplittableRandom random) {
        int length = example.input().length();
        BitSet hidden = new BitSet(length + 1);
        hidden.set(random.nextInt(length));
        for (int i = 0; i < length; i++) {
            if (random.nextDouble() < HIDDEN) {
                hidden.set(i);
            }
        }
        int[] labels = new int[length];
        Arrays.fill(labels, -1);
        hidden.stream()
                .filter(i -> example.labels()[i] != Vocabulary.UNKNOWN)
                .forEach(i -> labels[i] = example.labels()[i]);
        List<Form> forms = NgramFeatures.mask(example.input().forms(), hidden);
        return new Example(new TaggerInput(forms, example.input().spans(), length), labels);
    }

    /** The fraction of hidden characters that are found. */
    @Override
    double score(TorchModel model) {
        int hidden = 0;
        int found = 0;
        for (int begin = 0; begin < dev.size(); begin += BATCH_SIZE) {
            List<Example> batch = dev.subList(begin, Math.min(begin + BATCH_SIZE, dev.size()));
            List<Tags> results =
                    tagger.run(model, batch.stream().map(Example::input).toList());
            for (int i = 0; i < batch.size(); i++) {
                int[] labels = batch.get(i).labels();
                for (int j = 0; j < labels.length; j++) {
                    hidden += labels[j] < 0 ? 0 : 1;
                    found += labels[j] == results.get(i).labels()[j] ? 1 : 0;
                }
            }
        }
        return hidden == 0 ? 0 : (double) found / hidden;
    }
}

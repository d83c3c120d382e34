package dev.lexstream.nlp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.lexstream.model.TorchModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Beam search driven from Java, one native call a token: the usual way, as reference and as baseline. It does what
 * {@code decoding.py} does, without its no-repeat rule and minimum length.
 */
final class StepwiseDecoder {

    private final TorchModel model;
    private final int beam;
    private final double lengthPenalty;
    private final int longest;

    /** A sentence's best hypothesis. */
    record Hypothesis(List<Integer> tokens, double score) {}

    /** One beam: a prefix with the sum of its log-probabilities. */
    private record Prefix(List<Integer> tokens, double sum) {

        Prefix plus(int token, double sum) {
            List<Integer> longer = new ArrayList<>(tokens);
            longer.add(token);
            return new Prefix(longer, sum);
        }
    }

    /** A token after one of a sentence's beams. */
    private record Candidate(int beam, int token, double sum) {}

    /** @param longest tokens of a hypothesis at most, its end not counted */
    StepwiseDecoder(TorchModel model, int beam, double lengthPenalty, int longest) {
        this.model = model;
        this.beam = beam;
        this.lengthPenalty = lengthPenalty;
        this.longest = longest;
    }

    List<Hypothesis> decode(List<long[]> sources) {
        int batch = sources.size();
        List<List<Prefix>> beams = new ArrayList<>();
        List<Hypothesis> best = new ArrayList<>();
        int[] ended = new int[batch];
        for (int i = 0; i < batch; i++) {
            List<Prefix> start = new ArrayList<>();
            for (int k = 0; k < beam; k++) {
                start.add(new Prefix(List.of(), k == 0 ? 0 : Double.NEGATIVE_INFINITY));
            }
            beams.add(start);
            best.add(new Hypothesis(List.of(), Double.NEGATIVE_INFINITY));
        }
        try (NDManager manager = model.manager().newSubManager()) {
            long[] rows = new long[batch * beam];
            Arrays.setAll(rows, i -> i / beam);
            NDList state = select(model.call("encode", new NDList(TokenMatrix.of(manager, sources))), rows);
            long[] tokens = new long[batch * beam];
            Arrays.fill(tokens, SpecialToken.BEGIN.id());
            for (int position = 0; position <= longest && open(ended); position++) {
                NDManager step = manager.newSubManager();
                NDList outputs = step(step, tokens, position, state);
                NDList next = new NDList(outputs.subList(1, outputs.size()));
                List<List<Candidate>> candidates = candidates(outputs.get(0), beams, position);
                for (int i = 0; i < batch; i++) {
                    advance(i, position, candidates.get(i), beams, best, ended);
                    for (int k = 0; k < beam; k++) {
                        Prefix prefix = beams.get(i).get(k);
                        tokens[i * beam + k] =
                                prefix.tokens().get(prefix.tokens().size() - 1);
                        rows[i * beam + k] = (long) i * beam + parents[i * beam + k];
                    }
                }
                NDList reordered = select(next, rows);
                reordered.attach(manager);
                state.close();
                state = reordered;
                step.close();
            }
        }
        return best;
    }

    private boolean open(int[] ended) {
        return Arrays.stream(ended).anyMatch(count -> count < beam);
    }

    private static NDList select(NDList state, long[] rows) {
        NDList selected = new NDList();
        NDArray index = state.get(0).getManager().create(rows);
        state.forEach(array -> selected.add(array.get(new NDIndex("{}", index))));
        return selected;
    }

    private NDList step(NDManager manager, long[] tokens, int position, NDList state) {
        NDList inputs = new NDList(manager.create(tokens), manager.create((long) position));
        for (NDArray array : state) {
            array.setName("state[]");
            inputs.add(array);
        }
        return model.call("decode_step", inputs);
    }

    private int[] parents = new int[0];

    private List<List<Candidate>> candidates(NDArray logits, List<List<Prefix>> beams, int position) {
        NDArray steps = logits.logSoftmax(1);
        steps.set(new NDIndex(":, 0:3"), Float.NEGATIVE_INFINITY);
        if (position >= longest) {
            steps.set(new NDIndex(":, 4:"), Float.NEGATIVE_INFINITY);
        }
        NDList top = steps.topK(2 * beam, 1);
        float[] values = top.get(0).toFloatArray();
        long[] indices = top.get(1).toLongArray();
        List<List<Candidate>> candidates = new ArrayList<>();
        for (int i = 0; i < beams.size(); i++) {
            List<Candidate> all = new ArrayList<>();
            for (int k = 0; k < beam; k++) {
                for (int j = 0; j < 2 * beam; j++) {
                    int at = (i * beam + k) * 2 * beam + j;
                    double sum = beams.get(i).get(k).sum() + values[at];
                    all.add(new Candidate(k, (int) indices[at], sum));
                }
            }
            all.sort(Comparator.comparingDouble(Candidate::sum).reversed());
            candidates.add(all.subList(0, 2 * beam));
        }
        return candidates;
    }

    private void advance(
            int sentence,
            int position,
            List<Candidate> candidates,
            List<List<Prefix>> beams,
            List<Hypothesis> best,
            int[] ended) {
        if (parents.length < beams.size() * beam) {
            parents = new int[beams.size() * beam];
        }
        List<Prefix> before = beams.get(sentence);
        List<Prefix> after = new ArrayList<>();
        boolean open = ended[sentence] < beam;
        for (int rank = 0; rank < candidates.size(); rank++) {
            Candidate candidate = candidates.get(rank);
            if (candidate.token() != SpecialToken.END.id()) {
                if (after.size() < beam) {
                    parents[sentence * beam + after.size()] = candidate.beam();
                    after.add(before.get(candidate.beam()).plus(candidate.token(), candidate.sum()));
                }
            } else if (open && rank < beam && candidate.sum() > Double.NEGATIVE_INFINITY) {
                ended[sentence]++;
                double score = candidate.sum() / Math.pow(position + 1.0, lengthPenalty);
                if (score > best.get(sentence).score()) {
                    best.set(
                            sentence,
                            new Hypothesis(before.get(candidate.beam()).tokens(), score));
                }
            }
        }
        while (after.size() < beam) {
            // Nothing goes on here; the row stays so that the batch keeps its shape.
            parents[sentence * beam + after.size()] = 0;
            after.add(new Prefix(List.of(SpecialToken.PADDING.id()), Double.NEGATIVE_INFINITY));
        }
        beams.set(sentence, after);
        if (after.stream().allMatch(prefix -> prefix.sum() == Double.NEGATIVE_INFINITY)) {
            ended[sentence] = beam;
        }
    }
}

package dev.lexstream.nlp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.lexstream.nlp.TaggerInput.Form;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The arguments of the tagger's methods: {@code words [forms]}, {@code characters [forms, width]},
 * {@code forms [batch, length]} and {@code lengths [batch]}, all int64. Distinct tokens of the batch are encoded once;
 * the first is padding.
 */
public final class TaggerBatch {

    private static final Form PADDING = new Form(Vocabulary.PADDING, "\0");

    private final NDManager manager;
    private final List<TaggerInput> members;
    private final int longest;

    public TaggerBatch(NDManager manager, List<TaggerInput> members) {
        this.manager = manager;
        this.members = members;
        this.longest = members.stream().mapToInt(TaggerInput::length).max().orElseThrow();
    }

    public NDList arguments() {
        Map<Form, Integer> rows = new HashMap<>();
        List<Form> forms = new ArrayList<>();
        rows.put(PADDING, 0);
        forms.add(PADDING);
        LongBuffer indices = longs(members.size() * longest);
        LongBuffer lengths = longs(members.size());
        for (int member = 0; member < members.size(); member++) {
            List<Form> sentence = members.get(member).forms();
            for (int i = 0; i < sentence.size(); i++) {
                indices.put(member * longest + i, row(sentence.get(i), rows, forms));
            }
            lengths.put(member, sentence.size());
        }
        NDList arguments = forms(forms);
        arguments.add(array(indices, members.size(), longest));
        arguments.add(array(lengths, members.size()));
        return arguments;
    }

    /** One more argument {@code [batch, length]}, -1 for padding. */
    public NDArray labels(List<int[]> labels) {
        LongBuffer values = longs(members.size() * longest);
        for (int i = 0; i < values.capacity(); i++) {
            values.put(i, -1);
        }
        for (int member = 0; member < members.size(); member++) {
            for (int i = 0; i < labels.get(member).length; i++) {
                values.put(member * longest + i, labels.get(member)[i]);
            }
        }
        return array(values, members.size(), longest);
    }

    private static int row(Form form, Map<Form, Integer> rows, List<Form> forms) {
        Integer row = rows.putIfAbsent(form, forms.size());
        if (row == null) {
            forms.add(form);
            return forms.size() - 1;
        }
        return row;
    }

    private NDList forms(List<Form> forms) {
        int width = forms.stream()
                .mapToInt(form -> form.characters().length())
                .max()
                .orElseThrow();
        LongBuffer words = longs(forms.size());
        LongBuffer characters = longs(forms.size() * width);
        for (int row = 0; row < forms.size(); row++) {
            Form form = forms.get(row);
            words.put(row, form.word());
            for (int i = 0; i < form.characters().length(); i++) {
                characters.put(row * width + i, form.characters().charAt(i));
            }
        }
        return new NDList(array(words, forms.size()), array(characters, forms.size(), width));
    }

    private static LongBuffer longs(int count) {
        return ByteBuffer.allocateDirect(count * Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .asLongBuffer();
    }

    private NDArray array(LongBuffer values, long... shape) {
        return manager.create(values, new Shape(shape), DataType.INT64);
    }
}

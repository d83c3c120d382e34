package dev.lexstream.growth;

import dev.lexstream.codec.EventTextWork;
import dev.lexstream.nlp.NlpTextWork;
import dev.lexstream.registry.RegistryTextWork;
import dev.lexstream.train.TrainTextWork;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Something that a class does with a text of any length.
 *
 * @param name of the class, for tables
 * @param work does it; an exception that the class documents for such a text is caught within
 */
public record TextWork(String name, Consumer<String> work) {

    @Override
    public String toString() {
        return name;
    }

    /** All classes that read texts. */
    public static List<TextWork> all() {
        List<TextWork> all = new ArrayList<>(NlpTextWork.all());
        all.addAll(EventTextWork.all());
        all.addAll(RegistryTextWork.all());
        all.addAll(TrainTextWork.all());
        return all;
    }
}

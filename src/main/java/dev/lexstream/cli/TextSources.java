package dev.lexstream.cli;

import dev.lexstream.train.TextSource;
import dev.lexstream.train.TrainingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the texts of several {@code FILE[:COLUMN]} arguments. */
final class TextSources {

    private TextSources() {}

    static List<String> read(List<String> arguments) throws IOException, TrainingException {
        List<String> texts = new ArrayList<>();
        for (String argument : arguments) {
            texts.addAll(TextSource.parse(argument).read());
        }
        return texts;
    }
}

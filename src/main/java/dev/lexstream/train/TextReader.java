package dev.lexstream.train;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads unlabelled texts, one a line, plain or gzipped; of a line with tabs, its first column. */
public final class TextReader {

    private TextReader() {}

    /**
     * Reads all texts that are not blank.
     *
     * @throws TrainingException when there is none
     */
    public static List<String> read(Path file) throws IOException, TrainingException {
        List<String> texts = new ArrayList<>();
        try (BufferedReader reader = DataFile.open(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                int tab = line.indexOf('\t');
                String text = tab < 0 ? line : line.substring(0, tab);
                if (!text.isBlank()) {
                    texts.add(text);
                }
            }
        }
        if (texts.isEmpty()) {
            throw new TrainingException(file + ": no texts found");
        }
        return texts;
    }
}

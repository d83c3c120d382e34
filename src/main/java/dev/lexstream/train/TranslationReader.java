package dev.lexstream.train;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads sentence pairs from files of {@code source<TAB>target} lines, plain or gzipped. */
public final class TranslationReader {

    private TranslationReader() {}

    /**
     * Reads all pairs.
     *
     * @throws TrainingException naming the line that has not two columns with text, or when the file has no line
     */
    public static List<TranslationPair> read(Path file) throws IOException, TrainingException {
        List<TranslationPair> pairs = new ArrayList<>();
        try (BufferedReader reader = DataFile.open(file)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                String[] columns = line.split("\t", -1);
                if (columns.length != 2) {
                    throw new TrainingException(file + " line " + number
                            + ": 2 columns separated by a tab are required, source and target, found "
                            + columns.length);
                }
                if (columns[0].isBlank() || columns[1].isBlank()) {
                    throw new TrainingException(file + " line " + number + ": the "
                            + (columns[0].isBlank() ? "source" : "target") + " is blank");
                }
                pairs.add(new TranslationPair(columns[0], columns[1]));
            }
        }
        if (pairs.isEmpty()) {
            throw new TrainingException(file + ": no sentence pairs found");
        }
        return pairs;
    }
}

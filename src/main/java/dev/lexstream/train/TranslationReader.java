package dev.lexstream.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads sentence pairs from files of {@code source<TAB>target} lines, plain or gzipped. */
public final class TranslationReader {

    private TranslationReader() {}

    /**
     * Reads all pairs; blank lines are left out.
     *
     * @throws DataException naming the line that has not two columns with visible characters, or when there is none
     */
    public static List<TranslationPair> read(Path file) throws IOException, TrainingException {
        List<TranslationPair> pairs = new ArrayList<>();
        try (DataLines lines = DataLines.open(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!DataLines.isBlank(line)) {
                    pairs.add(pair(lines, line));
                }
            }
        }
        if (pairs.isEmpty()) {
            throw new DataException(file, 0, "lines of source and target are required, no sentence pairs found");
        }
        return pairs;
    }

    private static TranslationPair pair(DataLines lines, String line) throws DataException {
        String[] columns = DataLines.columns(line);
        if (columns.length != 2) {
            throw lines.problem(
                    "2 columns separated by a tab are required, source and target, found " + DataLines.found(columns));
        }
        for (int i = 0; i < columns.length; i++) {
            if (!VisibleText.isPresent(columns[i])) {
                throw lines.problem(
                        "a " + (i == 0 ? "source" : "target") + " with visible characters is required, found none");
            }
        }
        return new TranslationPair(columns[0], columns[1]);
    }
}

package dev.lexstream.cli;

import dev.lexstream.avro.Annotation;
import dev.lexstream.avro.Classification;
import dev.lexstream.avro.EnrichedText;
import dev.lexstream.avro.StageStatus;
import dev.lexstream.avro.TokenTag;
import dev.lexstream.avro.Translation;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** Prints enriched texts as rows of a table: id, language, and what the stages found, wrapped to the width. */
final class EventTable {

    private static final int ID = 10;
    private static final int LANGUAGE = 14;
    private static final int INDENT = 2 + ID + LANGUAGE;
    private static final int WIDTH = 110;

    private final PrintStream out;
    private final Ansi ansi;

    EventTable(PrintStream out, Ansi ansi) {
        this.out = out;
        this.ansi = ansi;
    }

    void header() {
        println(ansi.string("  @|bold " + pad("event", ID) + pad("language", LANGUAGE) + "enriched text|@"));
    }

    void row(EnrichedText text) {
        String language =
                (text.getLanguage().getCode() == null ? "?" : text.getLanguage().getCode()) + " "
                        + text.getLanguage().getOrigin().name().toLowerCase(Locale.ROOT);
        String prefix = "  " + pad(Printable.line(text.getId()), ID) + pad(Printable.line(language), LANGUAGE);
        for (List<Cell> cells : rows(text)) {
            print(prefix, cells);
            prefix = " ".repeat(INDENT);
        }
    }

    /** What is printed as one piece, such as a word with its tag. */
    private record Cell(String plain, String styled) {

        static Cell plain(String text) {
            String line = Printable.line(text);
            return new Cell(line, escape(line));
        }

        static Cell styled(String style, String text) {
            String line = Printable.line(text);
            return new Cell(line, "@|" + style + " " + escape(line) + "|@");
        }

        /** Two parts without a blank between them. */
        Cell then(Cell next) {
            return new Cell(plain + next.plain, styled + next.styled);
        }
    }

    /** A row for each stage that ran; the text itself when none did. */
    private static List<List<Cell>> rows(EnrichedText text) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Annotation annotation : text.getAnnotations()) {
            if (annotation.getStatus() != StageStatus.SKIPPED) {
                rows.add(cells(text.getText(), annotation));
            }
        }
        if (rows.isEmpty()) {
            List<Cell> cells = new ArrayList<>(List.of(Cell.plain(text.getText())));
            text.getAnnotations()
                    .forEach(annotation -> cells.add(Cell.styled(
                            "faint", "(" + annotation.getStage() + " skipped: " + annotation.getReason() + ")")));
            rows.add(cells);
        }
        return rows;
    }

    private static List<Cell> cells(String text, Annotation annotation) {
        List<Cell> cells = new ArrayList<>();
        for (TokenTag tag : annotation.getTags()) {
            String word = text.substring(
                    text.offsetByCodePoints(0, tag.getStart()), text.offsetByCodePoints(0, tag.getEnd()));
            cells.add(Cell.plain(word).then(Cell.styled("cyan", "/" + tag.getLabel())));
        }
        for (Translation translation : annotation.getTranslations()) {
            cells.add(Cell.styled("faint", "→ " + translation.getLanguage()));
            for (String word : translation.getText().split(" ")) {
                cells.add(Cell.styled("green", word));
            }
        }
        for (Classification classification : annotation.getClassifications()) {
            String label = "%s %.0f %%".formatted(classification.getLabel(), 100 * classification.getScore());
            cells.add(Cell.styled("faint", "◆"));
            cells.add(
                    classification.getOutOfScope()
                            ? Cell.styled("faint", "out of scope, nearest " + label)
                            : Cell.styled("magenta", label));
        }
        if (annotation.getStatus() == StageStatus.TRUNCATED) {
            cells.add(Cell.styled("yellow", "… " + annotation.getReason()));
        }
        return cells;
    }

    private void print(String prefix, List<Cell> cells) {
        StringBuilder line = new StringBuilder(prefix);
        int width = INDENT;
        for (Cell cell : cells) {
            int cellWidth = width(cell.plain());
            if (width > INDENT && width + cellWidth > WIDTH) {
                println(line.toString());
                line = new StringBuilder(" ".repeat(INDENT));
                width = INDENT;
            }
            line.append(ansi.string(cell.styled())).append(' ');
            width += cellWidth + 1;
        }
        println(line.toString());
    }

    /** Of a line whose foreign parts are escaped already. */
    private void println(String line) {
        TerminalStream.styled(out, line.stripTrailing() + System.lineSeparator());
    }

    /** Terminal columns: ideographs take two. */
    private static int width(String text) {
        return text.codePoints()
                .map(c -> (Character.isIdeographic(c) || (c >= 0x3000 && c <= 0xffef)) ? 2 : 1)
                .sum();
    }

    private static String pad(String text, int width) {
        int missing = width - width(text);
        return missing > 0 ? text + " ".repeat(missing) : text + " ";
    }

    /** Keeps texts from being read as styles. */
    private static String escape(String text) {
        return text.replace("@|", "@\u200b|").replace("|@", "|\u200b@");
    }
}

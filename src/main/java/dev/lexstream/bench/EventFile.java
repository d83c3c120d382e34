package dev.lexstream.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lexstream.train.DataException;
import dev.lexstream.train.DataLines;
import dev.lexstream.train.VisibleText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Events in a file of JSON lines, plain or gzipped: {@code text} is required, {@code user} (the record's key) and
 * {@code lang} are optional, other fields are passed over.
 */
final class EventFile {

    private static final int MOST_PROBLEMS = 10;
    private static final int LONGEST_SHOWN = 100;
    private static final String ALLOWED = "allowed is a JSON object with a text that is not blank";

    private final Path file;
    private final ObjectMapper json = new ObjectMapper();
    private final List<BenchEvent> events = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private EventFile(Path file) {
        this.file = file;
    }

    /**
     * The first events of a file.
     *
     * @param most how many at most
     * @throws EventFileException naming the first {@value #MOST_PROBLEMS} lines that hold no event, or when there is no
     *     event at all
     */
    static List<BenchEvent> read(Path file, int most) throws IOException {
        return new EventFile(file).read(most);
    }

    private List<BenchEvent> read(int most) throws IOException {
        try (DataLines lines = DataLines.open(file)) {
            for (String line = lines.next(); line != null && wanted(most); line = lines.next()) {
                if (!line.isBlank()) {
                    read(line, lines.number());
                }
            }
        } catch (DataException e) {
            throw new EventFileException(e);
        }
        if (!problems.isEmpty()) {
            problems.add(ALLOWED);
            throw new EventFileException(file, problems);
        }
        if (events.isEmpty()) {
            throw new EventFileException(file, List.of("no event found", ALLOWED));
        }
        return events;
    }

    private boolean wanted(int most) {
        return events.size() < most && problems.size() < MOST_PROBLEMS;
    }

    private void read(String line, int number) {
        JsonNode event;
        try {
            event = json.readTree(line);
        } catch (JsonProcessingException e) {
            problems.add("line " + number + " is no JSON: " + shown(e.getOriginalMessage()));
            return;
        }
        String text = event.path("text").textValue();
        if (text == null || !VisibleText.isPresent(text)) {
            String found = event.has("text") ? shown(event.get("text").toString()) : "none";
            problems.add("line " + number + " has no text, found " + found);
            return;
        }
        events.add(new BenchEvent(string(event, "user"), string(event, "lang"), text));
    }

    private static String shown(String found) {
        return VisibleText.escaped(found.length() > LONGEST_SHOWN ? found.substring(0, LONGEST_SHOWN) + "..." : found);
    }

    private static Optional<String> string(JsonNode event, String field) {
        return Optional.ofNullable(event.path(field).textValue());
    }
}

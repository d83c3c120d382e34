package dev.lexstream.bench;

import dev.lexstream.event.TextEvent;
import dev.lexstream.local.SampleEvents;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A stream made of the sample events: their sentences, alone, cut short, or several of one language joined, so that lengths
 * vary as they do between headlines and paragraphs. The same for every run.
 */
final class GeneratedEvents {

    private static final long SEED = 17;
    private static final int USERS = 2000;
    private static final int SHORTEST = 2;

    private final Random random = new Random(SEED);
    private final List<String> english;
    private final List<String> chinese;

    private GeneratedEvents() {
        List<String> texts = SampleEvents.load().stream().map(TextEvent::text).toList();
        this.english = texts.stream().filter(text -> !isChinese(text)).toList();
        this.chinese = texts.stream().filter(GeneratedEvents::isChinese).toList();
    }

    /** The first {@code count} events of the stream; every one declares its language. */
    static List<BenchEvent> take(int count) {
        GeneratedEvents stream = new GeneratedEvents();
        List<BenchEvent> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(stream.next());
        }
        return events;
    }

    private BenchEvent next() {
        boolean zh = random.nextBoolean();
        Optional<String> user = Optional.of("user-" + random.nextInt(USERS));
        return new BenchEvent(user, Optional.of(zh ? "zh" : "en"), zh ? text(chinese, "") : text(english, " "));
    }

    private String text(List<String> sentences, String separator) {
        int kind = random.nextInt(10);
        String first = any(sentences);
        if (kind < 3) {
            return beginning(first, separator);
        }
        StringBuilder text = new StringBuilder(first);
        int more = kind < 7 ? 0 : kind < 9 ? 1 : 2 + random.nextInt(2);
        for (int i = 0; i < more; i++) {
            text.append(separator).append(any(sentences));
        }
        return text.toString();
    }

    private String any(List<String> sentences) {
        return sentences.get(random.nextInt(sentences.size()));
    }

    /** Some words of an English sentence, some characters of a Chinese one. */
    private String beginning(String sentence, String separator) {
        if (separator.isEmpty()) {
            int length = sentence.codePointCount(0, sentence.length());
            return sentence.substring(0, sentence.offsetByCodePoints(0, cut(length)));
        }
        List<String> words = Arrays.asList(sentence.split(" "));
        return String.join(" ", words.subList(0, cut(words.size())));
    }

    private int cut(int length) {
        return length <= SHORTEST ? length : SHORTEST + random.nextInt(length - SHORTEST);
    }

    private static boolean isChinese(String text) {
        return text.codePoints().anyMatch(c -> UnicodeScript.of(c) == UnicodeScript.HAN);
    }
}

package dev.lexstream.stream;

import dev.lexstream.inference.Inference;
import dev.lexstream.inference.ItemFailedException;
import dev.lexstream.nlp.Coverage;
import dev.lexstream.nlp.Tagging;
import dev.lexstream.nlp.TokenTag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A model without a model: the tag of a word is the word in upper case. Answers later and in batches, as a device would, at
 * a fixed price for each batch. Texts with {@link #POISON} in them fail alone; {@link #breakDown} makes all fail.
 */
public final class UpperCaseTagger implements Inference<String, Tagging> {

    public static final String POISON = "poison";

    private static final int MAX_BATCH = 64;

    private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
    private final AtomicLong batches = new AtomicLong();
    private final AtomicLong texts = new AtomicLong();
    private final Duration costOfBatch;
    private final Thread device;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile RuntimeException breakdown;
    private volatile boolean closed;

    private record Item(String text, CompletableFuture<Tagging> result) {}

    public UpperCaseTagger(Duration costOfBatch) {
        this.costOfBatch = costOfBatch;
        this.device = new Thread(this::work, "upper-case-device");
        device.start();
    }

    @Override
    public CompletableFuture<Tagging> submit(String text) {
        CompletableFuture<Tagging> result = new CompletableFuture<>();
        queue.add(new Item(text, result));
        return result;
    }

    /** From now on the device is in trouble, whatever the text; null repairs it. */
    public void breakDown(RuntimeException failure) {
        breakdown = failure;
    }

    /** From now on the device answers nothing until it is released. */
    public void hold() {
        gate = new CountDownLatch(1);
    }

    public void release() {
        gate.countDown();
    }

    public double meanBatch() {
        return (double) texts.get() / Math.max(1, batches.get());
    }

    public long texts() {
        return texts.get();
    }

    /** What the model makes of a text. */
    public static Tagging tag(String text) {
        List<TokenTag> tags = new ArrayList<>();
        int start = 0;
        for (String word : text.split(" ", -1)) {
            int end = start + word.codePointCount(0, word.length());
            tags.add(new TokenTag(start, end, word.toUpperCase(Locale.ROOT), 1));
            start = end + 1;
        }
        return new Tagging(tags, Coverage.complete(tags.size()));
    }

    private void work() {
        List<Item> batch = new ArrayList<>();
        try {
            while (!closed) {
                batch.add(queue.take());
                queue.drainTo(batch, MAX_BATCH - 1);
                gate.await();
                LockSupport.parkNanos(costOfBatch.toNanos());
                batches.incrementAndGet();
                texts.addAndGet(batch.size());
                batch.forEach(this::answer);
                batch.clear();
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private void answer(Item item) {
        RuntimeException trouble = breakdown;
        if (trouble != null) {
            item.result().completeExceptionally(trouble);
        } else if (item.text().contains(POISON)) {
            item.result().completeExceptionally(new ItemFailedException("a word that no model takes", null));
        } else {
            item.result().complete(tag(item.text()));
        }
    }

    @Override
    public void close() {
        closed = true;
        device.interrupt();
    }
}

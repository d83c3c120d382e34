package dev.lexstream.inference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The waiting items, by arrival and by length. The oldest item is always in the next batch, so none starves. When all
 * waiting items fit one batch, they become one. Otherwise the batch is filled with the items that are closest to the
 * oldest one in length, while its padding stays small. Not thread-safe: its {@link Batcher} guards it.
 */
final class Backlog<P, R> {

    /**
     * Highest ratio of a batch's padded tokens to those of its inputs apart, when more items wait than one batch holds.
     */
    private static final double MAX_PADDING = 1.25;

    /** The same ratio while the batch is far from full. It is higher, since each batch has a fixed cost. */
    private static final double MAX_PADDING_TO_FILL = 1.5;

    /** A batch is far from full below this part of the budget. */
    private static final double FAR_FROM_FULL = 15.0 / 16;

    private final NavigableSet<BatchItem<P, R>> byLength = new TreeSet<>(Backlog::compareLengths);
    private final Deque<BatchItem<P, R>> byArrival = new ArrayDeque<>();
    private long tokens;
    private long rows;

    /** By length, then by rows, then by arrival. Called about a dozen times for each item. */
    private static int compareLengths(BatchItem<?, ?> one, BatchItem<?, ?> other) {
        int lengths = Integer.compare(one.length(), other.length());
        if (lengths != 0) {
            return lengths;
        }
        int rows = Long.compare(one.shape().rows(), other.shape().rows());
        return rows != 0 ? rows : Long.compare(one.sequence(), other.sequence());
    }

    /** Adds an item that has just arrived. */
    void add(BatchItem<P, R> item) {
        byLength.add(item);
        byArrival.add(item);
        tokens += item.shape().apart();
        rows += item.shape().rows();
    }

    /** Removes an item, if it is here. */
    void remove(BatchItem<P, R> item) {
        take(item);
        oldest(); // frees its memory, which otherwise only the next batch would do
    }

    private void take(BatchItem<P, R> item) {
        if (byLength.remove(item)) {
            tokens -= item.shape().apart();
            rows -= item.shape().rows();
        }
    }

    /** The item that has waited longest; null when none waits. */
    BatchItem<P, R> oldest() {
        while (!byArrival.isEmpty() && !byLength.contains(byArrival.peek())) {
            byArrival.poll();
        }
        return byArrival.peek();
    }

    /** Whether the waiting items fill one batch. */
    boolean fills(TokenBudget budget) {
        return byLength.size() >= budget.maxSize() || tokens >= budget.maxTokens();
    }

    /** Removes the items of the next batch, which is within the budget. Empty when none waits. */
    List<BatchItem<P, R>> cut(TokenBudget budget) {
        if (byLength.isEmpty()) {
            return List.of();
        }
        BatchShape all = new BatchShape(byLength.size(), rows, byLength.last().length(), tokens);
        List<BatchItem<P, R>> batch = budget.admits(all) ? new ArrayList<>(byLength) : aroundOldest(budget);
        batch.forEach(this::take);
        return batch;
    }

    private List<BatchItem<P, R>> aroundOldest(TokenBudget budget) {
        BatchItem<P, R> lead = oldest();
        Iterator<BatchItem<P, R>> down = byLength.headSet(lead, false).descendingIterator();
        Iterator<BatchItem<P, R>> up = byLength.tailSet(lead, false).iterator();
        BatchItem<P, R> shorter = next(down);
        BatchItem<P, R> longer = next(up);
        List<BatchItem<P, R>> batch = new ArrayList<>();
        batch.add(lead);
        BatchShape shape = lead.shape();
        while (true) {
            shorter = fitting(shorter, down, budget, shape);
            longer = fitting(longer, up, budget, shape);
            BatchShape grown = longer == null ? null : shape.plus(longer.shape());
            BatchShape filled = shorter == null ? null : shape.plus(shorter.shape());
            boolean canGrow = grown != null && fits(budget, grown);
            boolean canFill = filled != null && fits(budget, filled);
            if (canGrow && (!canFill || longer.length() - lead.length() <= lead.length() - shorter.length())) {
                shape = grown;
                batch.add(longer);
                longer = next(up);
            } else if (canFill) {
                shape = filled;
                batch.add(shorter);
                shorter = next(down);
            } else {
                return batch;
            }
        }
    }

    private static boolean fits(TokenBudget budget, BatchShape shape) {
        long padded = shape.paddedTokens();
        boolean far = shape.size() <= FAR_FROM_FULL * budget.maxSize() && padded <= FAR_FROM_FULL * budget.maxTokens();
        return budget.admits(shape) && padded <= (far ? MAX_PADDING_TO_FILL : MAX_PADDING) * shape.apart();
    }

    /**
     * The next item that fits the budget, or null. Items of several rows that do not fit are skipped, since smaller ones
     * may follow them. Items of one row are sorted by size, so nothing smaller follows.
     */
    private static <P, R> BatchItem<P, R> fitting(
            BatchItem<P, R> first, Iterator<BatchItem<P, R>> others, TokenBudget budget, BatchShape shape) {
        BatchItem<P, R> item = first;
        while (item != null && item.shape().rows() > 1 && !budget.admits(shape.plus(item.shape()))) {
            item = next(others);
        }
        return item;
    }

    private static <T> T next(Iterator<T> items) {
        return items.hasNext() ? items.next() : null;
    }

    /** Removes all items. */
    List<BatchItem<P, R>> drain() {
        List<BatchItem<P, R>> all = new ArrayList<>(byLength);
        byLength.clear();
        byArrival.clear();
        tokens = 0;
        rows = 0;
        return all;
    }
}

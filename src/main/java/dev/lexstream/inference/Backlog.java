package dev.lexstream.inference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Waiting items, by arrival and by length. The oldest always leads the next batch, so nobody starves. When all that waits
 * fits one batch, it is one; otherwise the others are those closest to the oldest in length, and only as far as the
 * batch's padding stays small: those left out find closer company later. Not thread-safe: its {@link Batcher} guards it.
 */
final class Backlog<P, R> {

    /** Padded tokens of a batch over those of its members apart, when it is cut from more than one batch holds. */
    private static final double MOST_PADDING = 1.25;

    /** The same while the batch is far from full: a batch has a cost of its own, whatever is in it. */
    private static final double MOST_PADDING_TO_FILL = 1.5;

    private static final double FAR_FROM_FULL = 15.0 / 16;

    private final NavigableSet<BatchItem<P, R>> byLength = new TreeSet<>(Backlog::compareLengths);
    private final Deque<BatchItem<P, R>> byArrival = new ArrayDeque<>();
    private long tokens;
    private long rows;

    /** By length, then by rows, then by arrival. Asked often: a dozen times for each item that comes or goes. */
    private static int compareLengths(BatchItem<?, ?> one, BatchItem<?, ?> other) {
        int lengths = Integer.compare(one.length(), other.length());
        if (lengths != 0) {
            return lengths;
        }
        int rows = Long.compare(one.shape().rows(), other.shape().rows());
        return rows != 0 ? rows : Long.compare(one.sequence(), other.sequence());
    }

    void add(BatchItem<P, R> item) {
        byLength.add(item);
        byArrival.add(item);
        tokens += item.shape().apart();
        rows += item.shape().rows();
    }

    /** Forgets an item; nothing happens when it is not here. */
    void remove(BatchItem<P, R> item) {
        take(item);
        oldest(); // while no batch is cut, nothing else lets go of it
    }

    private void take(BatchItem<P, R> item) {
        if (byLength.remove(item)) {
            tokens -= item.shape().apart();
            rows -= item.shape().rows();
        }
    }

    /** The item that has waited longest, or null. */
    BatchItem<P, R> oldest() {
        while (!byArrival.isEmpty() && !byLength.contains(byArrival.peek())) {
            byArrival.poll();
        }
        return byArrival.peek();
    }

    /** Whether the waiting items are as many as one batch holds. */
    boolean fills(TokenBudget budget) {
        return byLength.size() >= budget.maxSize() || tokens >= budget.maxTokens();
    }

    /** Removes a batch, within the budget. */
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
        return budget.admits(shape) && padded <= (far ? MOST_PADDING_TO_FILL : MOST_PADDING) * shape.apart();
    }

    /**
     * Passes over items of several rows that the budget has no room for: others behind them may be smaller. Items of one row
     * come in the order of their size.
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

    /** Removes and returns all that waits. */
    List<BatchItem<P, R>> drain() {
        List<BatchItem<P, R>> all = new ArrayList<>(byLength);
        byLength.clear();
        byArrival.clear();
        tokens = 0;
        rows = 0;
        return all;
    }
}

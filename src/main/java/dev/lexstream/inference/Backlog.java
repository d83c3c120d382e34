package dev.lexstream.inference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Waiting items, by arrival and by length. The oldest always leads the next batch, so nobody starves; the others of the
 * batch are those closest to it in length, so little is padded. Not thread-safe: its {@link Batcher} guards it.
 */
final class Backlog<P, R> {

    private final NavigableSet<BatchItem<P, R>> byLength = new TreeSet<>(
            Comparator.comparingInt((BatchItem<P, R> item) -> item.length()).thenComparingLong(BatchItem::sequence));
    private final Deque<BatchItem<P, R>> byArrival = new ArrayDeque<>();

    void add(BatchItem<P, R> item) {
        byLength.add(item);
        byArrival.add(item);
    }

    /** The item that has waited longest, or null. Forgets items that were given up. */
    BatchItem<P, R> oldest() {
        while (!byArrival.isEmpty() && (byArrival.peek().result().isDone() || !byLength.contains(byArrival.peek()))) {
            byLength.remove(byArrival.poll());
        }
        return byArrival.peek();
    }

    /** Whether the waiting items may be more than one batch holds. */
    boolean fills(TokenBudget budget) {
        return !byLength.isEmpty() && !budget.admits(byLength.last().length(), byLength.size() + 1);
    }

    /** Removes a batch: the oldest item and the items closest to it in length, within the budget. */
    List<BatchItem<P, R>> cut(TokenBudget budget) {
        List<BatchItem<P, R>> batch = new ArrayList<>();
        BatchItem<P, R> lead = oldest();
        if (lead == null) {
            return batch;
        }
        Iterator<BatchItem<P, R>> down = byLength.headSet(lead, false).descendingIterator();
        Iterator<BatchItem<P, R>> up = byLength.tailSet(lead, false).iterator();
        BatchItem<P, R> shorter = next(down);
        BatchItem<P, R> longer = next(up);
        int longest = lead.length();
        batch.add(lead);
        while (shorter != null || longer != null) {
            boolean canGrow = longer != null && budget.admits(longer.length(), batch.size() + 1);
            boolean canFill = shorter != null && budget.admits(longest, batch.size() + 1);
            if (canGrow && (!canFill || longer.length() - lead.length() <= lead.length() - shorter.length())) {
                longest = longer.length();
                batch.add(longer);
                longer = next(up);
            } else if (canFill) {
                batch.add(shorter);
                shorter = next(down);
            } else {
                break;
            }
        }
        batch.forEach(byLength::remove);
        return batch;
    }

    /** The next item that somebody still waits for, or null. */
    private static <P, R> BatchItem<P, R> next(Iterator<BatchItem<P, R>> items) {
        while (items.hasNext()) {
            BatchItem<P, R> item = items.next();
            if (!item.result().isDone()) {
                return item;
            }
        }
        return null;
    }

    /** Removes and returns all that waits. */
    List<BatchItem<P, R>> drain() {
        List<BatchItem<P, R>> all = new ArrayList<>(byLength);
        byLength.clear();
        byArrival.clear();
        return all;
    }
}

package dev.lexstream.train;

/** Hears how training goes. Called on the training thread. */
public interface TrainingProgress {

    /**
     * After each step.
     *
     * @param epoch from 1
     * @param step from 1, within the epoch
     * @param steps of the epoch
     * @param loss of this step's batch
     */
    void step(int epoch, int step, int steps, float loss);

    /**
     * After each epoch.
     *
     * @param loss mean over the epoch
     * @param score on the dev data, 0 to 1
     * @param best whether no earlier epoch had a higher score
     */
    void epoch(int epoch, float loss, double score, boolean best);

    /**
     * Before the first step, when training goes on from a checkpoint.
     *
     * @param epoch the last one that is complete
     */
    default void resumed(int epoch) {}

    /**
     * After the last epoch, of models that classify, tag or translate.
     *
     * @param comparison of the model that is written with what has learned nothing
     */
    default void compared(Comparison comparison) {}
}

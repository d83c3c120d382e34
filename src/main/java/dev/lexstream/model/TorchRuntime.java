package dev.lexstream.model;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;

/**
 * PyTorch's settings for the whole process. They are read once, when the engine starts, so the first runtime decides;
 * later ones with other numbers are refused.
 *
 * @param threads intra-op threads that one native call may use, at least 1
 */
public record TorchRuntime(int threads) {

    /** DJL's name of PyTorch. */
    static final String ENGINE = "PyTorch";

    private static final String THREADS = "ai.djl.pytorch.num_threads";
    private static final String INTEROP_THREADS = "ai.djl.pytorch.num_interop_threads";

    public TorchRuntime {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, found " + threads);
        }
    }

    /** All cores for one native call at a time, as training wants it. */
    public static TorchRuntime allCores() {
        return new TorchRuntime(Runtime.getRuntime().availableProcessors());
    }

    /**
     * Starts the engine. Nothing is downloaded and nothing is reported: the natives come from the class path.
     *
     * @throws IllegalStateException when the process already computes with another number of threads
     */
    public Engine start() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty(INTEROP_THREADS, "1");
        if (System.getProperty(THREADS) == null) {
            System.setProperty(THREADS, Integer.toString(threads));
        }
        Engine engine = Engine.getEngine(ENGINE);
        int active = JniUtils.getNumThreads();
        if (active != threads) {
            throw new IllegalStateException(
                    "PyTorch already computes with " + active + " threads in this process, asked for " + threads);
        }
        return engine;
    }

    /** Intra-op threads of the PyTorch that has started. */
    public static int activeThreads() {
        Engine.getEngine(ENGINE);
        return JniUtils.getNumThreads();
    }

    /** Makes native calls of the current thread compute as they are written: no time goes into each new shape. */
    public static void optimizeNothingInThisThread() {
        JniUtils.setGraphExecutorOptimize(false);
    }
}

package dev.lexstream.app;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.PullResponseItem;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/**
 * Whether containers of some images can be started here. Testcontainers would try for minutes to pull what cannot be had; this
 * asks once, and gives up when no registry has answered in a short time.
 */
record DockerImages(List<String> images) {

    private static final long ANSWER_SECONDS = 20;
    private static final long PULL_MINUTES = 10;

    /** Testcontainers itself needs an image, unless {@code TESTCONTAINERS_RYUK_DISABLED} is set. */
    private static final long START_SECONDS = 60;

    /** Why they cannot; empty when they can. */
    Optional<String> obstacle() {
        try (DockerClient engine = DockerClientProviderStrategy.getClientForConfig(
                DockerClientFactory.instance().getTransportConfig())) {
            for (String image : images) {
                String name = ImageNameSubstitutor.instance()
                        .apply(DockerImageName.parse(image))
                        .asCanonicalNameString();
                Optional<String> obstacle = isThere(engine, name) ? Optional.empty() : pull(engine, name);
                if (obstacle.isPresent()) {
                    return obstacle;
                }
            }
            return start();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the search for images was interrupted");
        } catch (Exception e) { // of several libraries
            return Optional.of("Testcontainers finds no Docker engine here that can be used: " + e.getMessage());
        }
    }

    private static boolean isThere(DockerClient engine, String image) {
        try {
            engine.inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private static Optional<String> pull(DockerClient engine, String image) throws InterruptedException {
        CountDownLatch answered = new CountDownLatch(1);
        try (PullImageResultCallback pull = new PullImageResultCallback() {
            @Override
            public void onNext(PullResponseItem item) {
                super.onNext(item);
                answered.countDown();
            }

            @Override
            public void onError(Throwable failure) {
                super.onError(failure);
                answered.countDown();
            }
        }) {
            engine.pullImageCmd(image).exec(pull);
            if (!answered.await(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                return Optional.of("image " + image + " is not here, and no registry has answered within "
                        + ANSWER_SECONDS + " s");
            }
            if (!pull.awaitCompletion(PULL_MINUTES, TimeUnit.MINUTES)) {
                return Optional.of("image " + image + " could not be pulled within " + PULL_MINUTES + " minutes");
            }
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.of("image " + image + " is not here and cannot be pulled: " + e.getMessage());
        }
    }

    private static Optional<String> start() throws InterruptedException {
        try {
            CompletableFuture.runAsync(() -> DockerClientFactory.instance().client())
                    .get(START_SECONDS, TimeUnit.SECONDS);
            return Optional.empty();
        } catch (TimeoutException e) {
            return Optional.of("Testcontainers is not ready within " + START_SECONDS
                    + " s: it needs its image testcontainers/ryuk, or TESTCONTAINERS_RYUK_DISABLED=true");
        } catch (ExecutionException e) {
            return Optional.of("Testcontainers cannot use the Docker engine here: "
                    + e.getCause().getMessage());
        }
    }
}

package dev.lexstream.registry;

import java.io.IOException;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests to the registry and tells an answer from an outage. An answer is a result or a refusal the registry means
 * (unknown schema, incompatible schema, invalid schema); anything else is an outage and is tried again.
 */
final class RegistryRequests {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryRequests.class);

    private final String registry;
    private final RetryPolicy policy;
    private final RetryPolicy.Sleeper sleeper;

    /** @param registry names the registry in messages */
    RegistryRequests(String registry, RetryPolicy policy, RetryPolicy.Sleeper sleeper) {
        this.registry = registry;
        this.policy = policy;
        this.sleeper = sleeper;
    }

    /**
     * @param purpose what the request is for, to follow "cannot" in messages
     * @throws RestClientException if the registry refuses, and means it
     * @throws RegistryUnavailableException after the last retry, or when interrupted
     */
    <T> T send(String purpose, Request<T> request) throws RestClientException {
        for (var attempt = 0; ; attempt++) {
            Exception failure;
            try {
                return request.send();
            } catch (RestClientException e) {
                if (isRefusal(e)) {
                    throw e;
                }
                failure = e;
            } catch (IOException e) {
                failure = e;
            }
            if (attempt == policy.maxRetries()) {
                throw unavailable(purpose, attempt + 1, failure);
            }
            LOG.debug("Schema registry {} cannot {}, will retry: {}", registry, purpose, describe(failure));
            try {
                sleeper.sleep(policy.waitMillis(attempt));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure.addSuppressed(e);
                throw unavailable(purpose, attempt + 1, failure);
            }
        }
    }

    static boolean isNotFound(RestClientException e) {
        // 404xx are the registry's own codes; a bare 404 comes from whatever else answers under a wrong address
        return e.getStatus() == 404 && e.getErrorCode() / 100 == 404;
    }

    private static boolean isRefusal(RestClientException e) {
        return isNotFound(e) || e.getStatus() == 409 || e.getStatus() == 422;
    }

    private RegistryUnavailableException unavailable(String purpose, int attempts, Exception failure) {
        return new RegistryUnavailableException(
                "schema registry %s cannot %s: %s (%d attempt%s)"
                        .formatted(registry, purpose, describe(failure), attempts, attempts == 1 ? "" : "s"),
                failure);
    }

    private static String describe(Exception failure) {
        if (failure instanceof RestClientException e) {
            var hint =
                    switch (e.getStatus()) {
                        case 401, 403 -> "; check the credentials";
                        case 404 -> "; check the path in " + RegistrySettings.URL;
                        default -> "";
                    };
            return "HTTP status " + e.getStatus() + hint;
        }
        return failure.toString();
    }

    /** One request through the Confluent client. */
    @FunctionalInterface
    interface Request<T> {
        T send() throws IOException, RestClientException;
    }
}

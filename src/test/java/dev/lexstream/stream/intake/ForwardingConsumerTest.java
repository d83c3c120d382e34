package dev.lexstream.stream.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.stream.Texts;
import dev.lexstream.stream.UpperCaseTagger;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of each method of Kafka's interface: a new one in a later version has to be decided about. */
class ForwardingConsumerTest {

    /** What a consumer that holds records answers in its own way. */
    private static final Set<String> HANDLED = Set.of(
            "assign(Collection)",
            "commitSync(Map)",
            "pause(Collection)",
            "poll(Duration)",
            "position(TopicPartition)",
            "position(TopicPartition,Duration)",
            "seek(TopicPartition,OffsetAndMetadata)",
            "seek(TopicPartition,long)",
            "seekToBeginning(Collection)",
            "seekToEnd(Collection)",
            "subscribe(Collection,ConsumerRebalanceListener)",
            "subscribe(Pattern,ConsumerRebalanceListener)",
            "unsubscribe()");

    /** What Kafka's own consumer answers. */
    private static final Set<String> DELEGATED = Set.of(
            "assignment()",
            "beginningOffsets(Collection)",
            "beginningOffsets(Collection,Duration)",
            "clientInstanceId(Duration)",
            "close()",
            "close(CloseOptions)",
            "close(Duration)",
            "committed(Set)",
            "committed(Set,Duration)",
            "currentLag(TopicPartition)",
            "endOffsets(Collection)",
            "endOffsets(Collection,Duration)",
            "enforceRebalance()",
            "enforceRebalance(String)",
            "groupMetadata()",
            "listTopics()",
            "listTopics(Duration)",
            "metrics()",
            "offsetsForTimes(Map)",
            "offsetsForTimes(Map,Duration)",
            "partitionsFor(String)",
            "partitionsFor(String,Duration)",
            "paused()",
            "registerMetricForSubscription(KafkaMetric)",
            "resume(Collection)",
            "subscription()",
            "unregisterMetricFromSubscription(KafkaMetric)",
            "wakeup()");

    /** What nobody may call. */
    private static final Set<String> REFUSED = Set.of(
            "commitAsync()",
            "commitAsync(Map,OffsetCommitCallback)",
            "commitAsync(OffsetCommitCallback)",
            "commitSync()",
            "commitSync(Duration)",
            "commitSync(Map,Duration)",
            "subscribe(Collection)",
            "subscribe(Pattern)",
            "subscribe(SubscriptionPattern)",
            "subscribe(SubscriptionPattern,ConsumerRebalanceListener)");

    private final List<String> called = new ArrayList<>();
    private final UpperCaseTagger tagger = new UpperCaseTagger(Duration.ZERO);
    private final ReadyConsumer consumer = new ReadyConsumer(
            recording(),
            Texts.intake(record -> Texts.event("id", "text"), Texts.enricher(tagger)),
            () -> false,
            new ReadyConsumer.Limits(1, 1, Duration.ofSeconds(1), Duration.ZERO),
            offsets -> {});

    @AfterEach
    void close() {
        tagger.close();
    }

    @Test
    void eachMethodIsHandledOrDelegatedOrRefused() {
        Set<String> all = new TreeSet<>(HANDLED);
        all.addAll(DELEGATED);
        all.addAll(REFUSED);

        assertThat(all)
                .isEqualTo(new TreeSet<>(
                        methods().stream().map(ForwardingConsumerTest::name).toList()));
        assertThat(all).hasSize(HANDLED.size() + DELEGATED.size() + REFUSED.size());
    }

    @Test
    void delegatedMethodsCallTheirOwnNameAndNothingElse() throws ReflectiveOperationException {
        for (Method method : methods()) {
            if (DELEGATED.contains(name(method))) {
                called.clear();
                method.invoke(consumer, arguments(method));
                // Kafka's own close with a duration is deprecated in favour of the one with options
                String expected = name(method).equals("close(Duration)") ? "close(CloseOptions)" : name(method);
                assertThat(called).containsExactly(expected);
            }
        }
    }

    @Test
    void refusedMethodsReachNobody() {
        for (Method method : methods()) {
            if (REFUSED.contains(name(method))) {
                assertThatThrownBy(() -> method.invoke(consumer, arguments(method)))
                        .isInstanceOf(InvocationTargetException.class)
                        .hasCauseInstanceOf(UnsupportedOperationException.class);
            }
        }
        assertThat(called).isEmpty();
    }

    private static List<Method> methods() {
        return Arrays.stream(Consumer.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .toList();
    }

    private static String name(Method method) {
        return method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(",", "(", ")"));
    }

    private static Object[] arguments(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(ForwardingConsumerTest::value)
                .toArray();
    }

    private static Object value(Class<?> type) {
        if (type == Set.class) {
            return new HashSet<>();
        } else if (type == Map.class) {
            return Map.of();
        } else if (type == Duration.class) {
            return Duration.ofMillis(1);
        } else if (type == TopicPartition.class) {
            return new TopicPartition("texts", 0);
        }
        return type == long.class ? (Object) 0L : type == String.class ? "text" : null;
    }

    @SuppressWarnings("unchecked")
    private Consumer<byte[], byte[]> recording() {
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                Consumer.class.getClassLoader(), new Class<?>[] {Consumer.class}, (proxy, method, arguments) -> {
                    called.add(name(method));
                    Class<?> type = method.getReturnType();
                    return type == Set.class
                            ? Set.of()
                            : type == OptionalLong.class ? OptionalLong.empty() : type == long.class ? 0L : null;
                });
    }
}

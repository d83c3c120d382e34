package dev.lexstream.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lexstream.inference.BatchStats;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenchArithmeticTest {

    @Property
    void aDeviceModelIsReadAsItIsWritten(
            @ForAll @IntRange(max = 50_000) int batchMicros,
            @ForAll @IntRange(min = 1, max = 50_000) int memberMicros) {
        DeviceModel model = new DeviceModel(micros(batchMicros), micros(memberMicros));
        assertThat(DeviceModel.parse(model.toString())).isEqualTo(model);
        assertThat(DeviceModel.parse(batchMicros + "us+" + memberMicros + "us")).isEqualTo(model);
        assertThat(model.nanos(3)).isEqualTo(1000L * (batchMicros + 3L * memberMicros));
    }

    private static Duration micros(int micros) {
        return Duration.ofNanos(1000L * micros);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5ms", "5ms+", "5+1", "5ms+0.1ms+1ms", "-5ms+1ms", "5 parsecs+1ms", "5ms+0.1"})
    void aMalformedDeviceModelSaysWhatIsAllowed(String text) {
        assertThatThrownBy(() -> DeviceModel.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found '" + text + "'")
                .hasMessageContaining("such as 5ms+0.1ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0ms+0ms", "1s+1ms"})
    void aDeviceThatTakesNoTimeOrForeverIsRefused(String text) {
        assertThatThrownBy(() -> DeviceModel.parse(text)).hasMessageContaining("more than 0 and at most 100ms");
    }

    @Property
    void theEndOfARunIsSeenWithinASixteenthOfWhatWasLeft(
            @ForAll @LongRange(min = 1, max = 1_000_000) long total,
            @ForAll @DoubleRange(max = 1) double share,
            @ForAll @LongRange(min = 1, max = 600_000) long millis) {
        long committed = (long) (share * total);
        long nanos = millis * 1_000_000;
        long pause = Drain.pauseMillis(committed, total, nanos);

        assertThat(pause).isBetween(5L, 1_000L);
        if (committed > 0 && pause > 5) {
            assertThat(pause * 16).isLessThanOrEqualTo(millis * (total - committed) / committed);
        }
    }

    @ParameterizedTest
    @CsvSource({"60,150,600", "60,300,1200", "60,225,900", "60,50,600", "2,10,40", "1,20,80"})
    void theWarmUpOfASoakIsWholeTurnsAndASixthOfTheTime(int minutes, int rejoinSeconds, int expectedSeconds) {
        BenchSettings.Soak soak =
                new BenchSettings.Soak(Duration.ofMinutes(minutes), Duration.ofSeconds(rejoinSeconds));

        assertThat(SoakRun.warmUp(soak)).isEqualTo(Duration.ofSeconds(expectedSeconds));
    }

    @Property(tries = 20)
    void anEventIsNeverSentBeforeItIsDue(
            @ForAll @IntRange(max = 30) int sequence, @ForAll @LongRange(max = 40) long late)
            throws InterruptedException {
        Pace pace = new Pace(System.nanoTime() - late * 1_000_000, 1_000);

        pace.await(sequence);

        assertThat(System.nanoTime() - pace.due(sequence)).isGreaterThan(-Pace.CLOSE_ENOUGH_NANOS);
    }

    @ParameterizedTest
    @CsvSource({"half,500", "80%,800", "12.5%,125", "250,250", "0.5,0.5"})
    void ratesAreNumbersOrSharesOfTheMaximum(String text, double expected) {
        assertThat(Rate.parse(text).of(1000)).isCloseTo(expected, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fast", "0", "0%", "120%", "-3", "1e3", "%"})
    void otherRatesAreRefused(String text) {
        assertThatThrownBy(() -> Rate.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void percentilesAreValuesThatEnoughOthersDoNotExceed(
            @ForAll @Size(min = 1, max = 300) long @LongRange(max = 1L << 40) [] nanos) {
        Percentiles percentiles = Percentiles.of(nanos);
        assertThat(percentiles.count()).isEqualTo(nanos.length);
        assertPercentile(nanos, percentiles.p50(), 0.5);
        assertPercentile(nanos, percentiles.p95(), 0.95);
        assertPercentile(nanos, percentiles.p99(), 0.99);
        assertThat(percentiles.max()).isEqualTo(LongStream.of(nanos).max().orElseThrow() / 1e6);
    }

    private static void assertPercentile(long[] nanos, double millis, double share) {
        assertThat(Arrays.stream(nanos).anyMatch(value -> value / 1e6 == millis))
                .isTrue();
        assertThat(Arrays.stream(nanos).filter(value -> value / 1e6 <= millis).count())
                .isGreaterThanOrEqualTo((long) Math.ceil(share * nanos.length));
        assertThat(Arrays.stream(nanos).filter(value -> value / 1e6 < millis).count())
                .isLessThan((long) Math.ceil(share * nanos.length));
    }

    @Test
    void throughputIsOverAllStages() {
        BatchStats one = new BatchStats(2, 100, 1000, 1050, 1500, 0, 0, 0, 0);
        BatchStats other = new BatchStats(3, 50, 500, 525, 700, 0, 0, 0, 0);
        Throughput run = new Throughput(120, 500_000_000, Map.of("a", one, "b", other));
        assertThat(run.recordsPerSecond()).isEqualTo(240);
        assertThat(run.tokensPerSecond()).isEqualTo(3000);
        assertThat(run.meanBatch()).isEqualTo(30);
        assertThat(run.all().paddingRatio()).isEqualTo(1.05);
        assertThat(Throughput.between(Map.of("a", one), Map.of("a", one.plus(other))))
                .isEqualTo(Map.of("a", other));
    }

    @Test
    void theCeilingIsOfBothItsRuns() {
        BatchStats stats = new BatchStats(2, 100, 1000, 1050, 1500, 0, 0, 0, 0);
        Throughput fast = new Throughput(120, 1_000_000_000, Map.of("a", stats));
        Throughput slow = new Throughput(120, 3_000_000_000L, Map.of("a", stats));
        assertThat(new CeilingRuns(fast, slow).both())
                .isEqualTo(new Throughput(240, 4_000_000_000L, Map.of("a", stats.plus(stats))));
    }

    @Property
    void eachSequenceIsCountedOnceAndRepetitionsToo(
            @ForAll @Size(max = 200) List<@IntRange(max = 99) Integer> sequences) {
        SequenceSet seen = new SequenceSet(100);
        sequences.forEach(seen::mark);
        assertThat(seen.unique()).isEqualTo(sequences.stream().distinct().count());
        assertThat(seen.unique() + seen.repeated()).isEqualTo(sequences.size());
        assertThatThrownBy(() -> seen.mark(100)).isInstanceOf(IllegalStateException.class);
    }

    @Property
    void aTrendComparesTheFirstQuarterWithTheLast(
            @ForAll @DoubleRange(min = 0.5, max = 2) double growth, @ForAll @IntRange(min = 4, max = 100) int count) {
        int quarter = count / 4;
        SoakReport.Trend trend = SoakReport.Trend.of(LongStream.range(0, count)
                .map(i -> i < quarter ? 1_000_000 : i >= count - quarter ? (long) (1_000_000 * growth) : 777));
        assertThat(trend.ratio()).isCloseTo(growth, within(1e-5));
    }

    @ParameterizedTest
    @CsvSource({
        "lexstream-1-StreamThread-2,STREAM",
        "kafka-producer-network-thread | lexstream-1-StreamThread-2-producer,CLIENT",
        "kafka-coordinator-heartbeat-thread | lexstream,CLIENT",
        "preparation-0,PREPARATION",
        "device-tagger-en-0,DEVICE",
        "data-plane-kafka-request-handler-1,OTHER",
        "main,OTHER"
    })
    void threadsAreToldByTheirNames(String name, ThreadRole role) {
        assertThat(ThreadRole.of(name)).isEqualTo(role);
    }
}

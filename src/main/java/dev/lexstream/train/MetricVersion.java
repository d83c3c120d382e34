package dev.lexstream.train;

/** Which program a metric's signature names: not sacreBLEU's own, though the figures are the same. */
final class MetricVersion {

    private MetricVersion() {}

    static String current() {
        String version = MetricVersion.class.getPackage().getImplementationVersion();
        return "lexstream-" + (version == null ? "development" : version);
    }
}

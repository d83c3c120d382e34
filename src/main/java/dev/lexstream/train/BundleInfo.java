package dev.lexstream.train;

import dev.lexstream.model.ModelManifest.DataSource;
import java.util.List;
import java.util.Objects;

/**
 * What a bundle says of itself that training cannot know.
 *
 * @param name of the model
 * @param version of the model
 * @param languages BCP 47 primary languages of the texts it is for
 * @param data what it is trained on, for the model card
 * @param licence of the weights, for the model card
 */
public record BundleInfo(String name, String version, List<String> languages, List<DataSource> data, String licence) {

    public BundleInfo {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        languages = List.copyOf(languages);
        data = List.copyOf(data);
        Objects.requireNonNull(licence, "licence");
    }
}

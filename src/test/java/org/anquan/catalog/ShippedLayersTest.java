package org.anquan.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedLayersTest {
    @Test
    void theShippedLayerFilesHaveNoMistakesAndGiveTables(@TempDir Path folder) {
        List<LayerDefinition> shipped = DefinitionFiles.load(folder.resolve("layers"));
        assertThat(shipped).extracting(LayerDefinition::id).contains("shelter");
        StoreSettings settings = StoreSettings.usual();
        try (LayerCatalogue catalogue = new LayerCatalogue(
                () -> shipped, new GeoPackageDialect(folder.resolve("a.gpkg"), settings), settings, e -> {})) {
            assertThat(catalogue.definitions()).isEqualTo(shipped);
            shipped.forEach(layer ->
                    assertThat(catalogue.snapshot(layer.id()).features()).isEmpty());
        }
    }
}

package org.anquan.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.anquan.catalog.LayerEdits;
import org.anquan.catalog.Layers;
import org.anquan.exchange.format.FormatSettings;
import org.anquan.exchange.format.RecordFormats;
import org.anquan.home.AnquanHome;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ClassPathResource;

/** Imports without the service around them. Public for tests of the floors above. */
public final class Imports {
    private Imports() {}

    public static LayerImport into(Layers layers, LayerEdits edits) {
        return into(layers, edits, ExchangeSettings.usual());
    }

    static LayerImport into(Layers layers, LayerEdits edits, ExchangeSettings settings) {
        return into(layers, edits, settings, new Profiles(layers, new AnquanHome(folder())));
    }

    static LayerImport into(Layers layers, LayerEdits edits, ExchangeSettings settings, Profiles profiles) {
        return new LayerImport(layers, edits, settings, new FileRows.Opener(formats(), Imports::folder), profiles);
    }

    static LayerExport outOf(Layers layers) {
        return new LayerExport(layers, formats(), Imports::folder);
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target/test-imports")), "import");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the very defaults of application.yml. */
    private static RecordFormats formats() {
        try {
            var sources = new YamlPropertySourceLoader().load("application", new ClassPathResource("application.yml"));
            return new RecordFormats(new Binder(
                            ConfigurationPropertySources.from(sources),
                            null,
                            ApplicationConversionService.getSharedInstance())
                    .bind("anquan.formats", FormatSettings.class)
                    .get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

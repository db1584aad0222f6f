package org.anquan.tile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Sensitivity;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Tiles by layer, version, place and what the asker may see; those made are kept, plain and compressed, in bounded
 * memory, the least used given up first. A tile is packed once when it is made, not at each answer: packing costs more
 * than all the rest of a warm answer.
 */
@Component
@EnableConfigurationProperties(TileSettings.class)
final class Tiles {
    private static final int WORTH_PACKING = 1024;

    private record Key(String layer, long version, Sensitivity upTo, int z, int x, int y) {}

    /** @param packed gzip, or null where it is not worth it */
    record Tile(byte[] plain, byte @Nullable [] packed, int found, int kept) {
        int weight() {
            return plain.length + (packed == null ? 0 : packed.length) + 200;
        }
    }

    private final Layers layers;
    private final TileSettings settings;
    private final Map<String, TileSource> sources = new ConcurrentHashMap<>();
    private final LinkedHashMap<Key, Tile> made = new LinkedHashMap<>(1024, 0.75f, true);
    private long weight;

    Tiles(Layers layers, TileSettings settings) {
        this.layers = layers;
        this.settings = settings;
    }

    /**
     * @param layer cut to what may be seen, up to the given sensitivity
     * @param version of the layer as it stands now
     */
    Tile tile(LayerDefinition layer, long version, Sensitivity upTo, int z, int x, int y) {
        Tile known = find(new Key(layer.id(), version, upTo, z, x, y));
        if (known != null) return known;
        TileSource source = source(layer.id(), version);
        TileEncoder.Made fresh = new TileEncoder(source, layer, settings).encode(z, x, y);
        Tile tile = new Tile(fresh.bytes(), packed(fresh.bytes()), fresh.found(), fresh.kept());
        keep(new Key(layer.id(), source.version(), upTo, z, x, y), tile);
        return tile;
    }

    private TileSource source(String layer, long version) {
        return sources.compute(
                layer,
                (id, before) ->
                        before != null && before.version() >= version ? before : new TileSource(layers.snapshot(id)));
    }

    private static byte @Nullable [] packed(byte[] plain) {
        if (plain.length < WORTH_PACKING) return null;
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private synchronized @Nullable Tile find(Key key) {
        return made.get(key);
    }

    private synchronized void keep(Key key, Tile tile) {
        Tile before = made.put(key, tile);
        weight += tile.weight() - (before == null ? 0 : before.weight());
        Iterator<Tile> least = made.values().iterator();
        while (weight > settings.cache().toBytes() && least.hasNext()) {
            weight -= least.next().weight();
            least.remove();
        }
    }
}

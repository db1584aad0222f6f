package org.anquan.exchange;

import java.util.List;
import java.util.Map;
import org.anquan.catalog.Title;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * What a file was taken for, before anything is written: to be looked at and corrected.
 *
 * @param layer asked for, of the profile, or guessed from the columns and the file's name; null where nothing fits
 * @param profile that is used, or null
 * @param profiles to choose from: those of this layer
 * @param attributes of the layer; none where no layer is known
 * @param rows the first ten, as texts in the order of the columns
 * @param features the first ones as they would land
 */
public record Preview(
        String fileName,
        Text format,
        Encoding encoding,
        Crs crs,
        List<String> tables,
        String table,
        @Nullable String layer,
        @Nullable ProfileName profile,
        List<ProfileName> profiles,
        List<Attribute> attributes,
        List<Column> columns,
        List<List<String>> rows,
        Features features,
        List<Text> warnings) {
    public Preview {
        tables = List.copyOf(tables);
        profiles = List.copyOf(profiles);
        attributes = List.copyOf(attributes);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        warnings = List.copyOf(warnings);
    }

    /** @param origin declared, detected or asked */
    public record Encoding(String value, String origin) {}

    /**
     * @param value null where nothing is known and nothing could be guessed
     * @param origin file, asked, profile, guessed or unknown
     */
    public record Crs(@Nullable String value, @Nullable Text title, String origin, List<Candidate> candidates) {
        public Crs {
            candidates = List.copyOf(candidates);
        }
    }

    public record Candidate(String value, Text title) {}

    public record ProfileName(String id, Title title, String layer) {}

    public record Attribute(
            String name, Title title, String type, @Nullable String unit, boolean required, List<Value> values) {
        public Attribute {
            values = List.copyOf(values);
        }
    }

    public record Value(String value, Title title) {}

    /**
     * @param use attribute, geometry, id, lon, lat or aside
     * @param attribute what a run is to be told of this column: the attribute, id, lon, lat, lonlat, geom; null for aside
     */
    public record Column(
            String name,
            List<String> samples,
            String use,
            @Nullable String attribute,
            Text why) {
        public Column {
            samples = List.copyOf(samples);
        }
    }

    /** A GeoJSON FeatureCollection. */
    public record Features(String type, List<One> features) {
        public Features {
            features = List.copyOf(features);
        }

        static Features of(List<One> features) {
            return new Features("FeatureCollection", features);
        }
    }

    public record One(String type, String id, Geometry geometry, Map<String, Object> properties) {}
}

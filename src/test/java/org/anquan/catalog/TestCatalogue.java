package org.anquan.catalog;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.anquan.geo.GeoJson;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;

/** A real store in a folder, with definitions of the test's own. Public for tests of the floors above. */
public final class TestCatalogue implements AutoCloseable {
    public static final String PLACES = """
            id: places
            title: {zh: 地点, en: Places}
            group: admin
            order: 1
            geometry: point
            sensitivity: public
            attributes:
              - {name: kind, title: {zh: 类别, en: Kind}, type: text, values: [{value: village, zh: 村, en: Village}, {value: town, zh: 镇, en: Town}], aliases: [place]}
              - {name: people, title: {zh: 人口, en: People}, type: integer, unit: persons, min: 0, max: 9000000, aliases: [population]}
              - {name: heightM, title: {zh: 高程, en: Height}, type: number, unit: m, aliases: [ele]}
              - {name: staffed, title: {zh: 有人值守, en: Staffed}, type: boolean}
              - {name: opened, title: {zh: 启用日期, en: Opened}, type: date}
              - {name: checkedAt, title: {zh: 检查时间, en: Checked at}, type: time}
              - {name: hazards, title: {zh: 适用灾种, en: Hazards}, type: list, values: [{value: flood, zh: 洪涝, en: Flood}, {value: geo, zh: 地质灾害, en: Landslide}, {value: fire, zh: 火灾, en: Fire}]}
              - {name: remark, title: {zh: 备注, en: Remark}, type: text, note: {zh: 任意说明, en: Anything}}
            """;
    public static final String WAYS = """
            id: ways
            title: {zh: 线路, en: Ways}
            group: lifeline
            order: 2
            geometry: line
            sensitivity: internal
            attributes:
              - {name: widthM, title: {zh: 宽度, en: Width}, type: number, unit: m, min: 0, aliases: [width]}
            """;
    public static final String AREAS = """
            id: areas
            title: {zh: 片区, en: Areas}
            group: risk
            order: 3
            geometry: polygon
            sensitivity: public
            """;

    public final List<LayerChanged> events = new CopyOnWriteArrayList<>();
    private final LayerCatalogue catalogue;

    /** What the layer files say, when they are read again. */
    private volatile List<LayerDefinition> files;

    private TestCatalogue(Dialect dialect, List<LayerDefinition> definitions) {
        files = definitions;
        catalogue = new LayerCatalogue(() -> files, dialect, StoreSettings.usual(), event -> {
            if (event instanceof LayerChanged changed) events.add(changed);
        });
    }

    /** Writes other files, for whoever reads them next. */
    public void files(String... yaml) {
        files = definitions(yaml);
    }

    public LayerFiles.Reloaded reload() {
        return catalogue.reload();
    }

    /** Opens {@code test.gpkg} in the folder with layers places, ways and areas. */
    public static TestCatalogue open(Path folder) {
        return open(folder, PLACES, WAYS, AREAS);
    }

    public static TestCatalogue open(Path folder, String... yaml) {
        return new TestCatalogue(
                new GeoPackageDialect(folder.resolve("test.gpkg"), StoreSettings.usual()), definitions(yaml));
    }

    /** Opens what the words name: an address of PostGIS, or a folder. */
    public static TestCatalogue at(String place) {
        return place.startsWith("jdbc:") ? open(place) : open(Path.of(place));
    }

    /** Opens the schema in PostGIS that the address names, with the same layers. */
    public static TestCatalogue open(String url) {
        return open(url, List.of(PLACES, WAYS, AREAS));
    }

    public static TestCatalogue open(String url, List<String> yaml) {
        return new TestCatalogue(
                new PostGisDialect(new StoreAddress(url, null, null), StoreSettings.usual()),
                definitions(yaml.toArray(String[]::new)));
    }

    public static List<LayerDefinition> definitions(String... yaml) {
        return DefinitionFiles.read(Arrays.stream(yaml)
                .map(text -> {
                    String id = text.lines()
                            .filter(l -> l.startsWith("id:"))
                            .findFirst()
                            .orElse("id: none")
                            .substring(3)
                            .strip();
                    return new DefinitionFiles.Source("layers/" + id + ".yaml", id, text);
                })
                .toList());
    }

    public Layers layers() {
        return catalogue;
    }

    public Names names() {
        return catalogue.names(FindSettings.usual());
    }

    public LayerEdits edits() {
        return catalogue;
    }

    public static ChangeContext me(String why) {
        return new ChangeContext("tester", why);
    }

    public static Point point(double lon, double lat) {
        return GeoJson.FACTORY.createPoint(new Coordinate(lon, lat));
    }

    public static Geometry wkt(String text) {
        try {
            return new WKTReader(GeoJson.FACTORY).read(text);
        } catch (ParseException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** Creates a place and gives its id. */
    public String place(String name, double lon, double lat, Map<String, Object> more) {
        Map<String, Object> attributes = new java.util.LinkedHashMap<>(more);
        attributes.put("name", name);
        return edits().apply(me("test"), List.of(new Change.Create("places", null, point(lon, lat), attributes)))
                .features()
                .get(0)
                .id();
    }

    @Override
    public void close() {
        catalogue.close();
    }

    public Documents documents() {
        return catalogue.documents();
    }
}

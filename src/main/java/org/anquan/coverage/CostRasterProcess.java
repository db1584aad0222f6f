package org.anquan.coverage;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.anquan.catalog.Feature;
import org.anquan.catalog.Filter;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Visibility;
import org.anquan.geo.MetricCrs;
import org.anquan.population.Population;
import org.anquan.population.PopulationRaster;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.process.InService;
import org.anquan.process.Place;
import org.anquan.process.PlaceSet;
import org.anquan.process.PlaceSets;
import org.anquan.process.Process;
import org.anquan.process.ProcessDescription;
import org.anquan.process.Progress;
import org.anquan.process.Provenance;
import org.anquan.process.Provenance.DataUsed;
import org.anquan.process.Provenance.LayerUsed;
import org.anquan.terrain.TerrainData;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygonal;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The process {@code cost-raster}: the same travel over cells as {@link CostRaster}, of what the county has loaded: lines
 * with speeds from a layer, heights, land cover and water, people from the raster, townships as zones. It needs no
 * imported road network.
 */
@Component
final class CostRasterProcess implements Process {
    private static final String WORDS = "coverage.raster.";
    private static final List<String> NAMES = List.of(
            "facilities", "roads", "roadSpeed", "minutes", "limitMinutes", "direction", "cellMetres", "marginMetres");
    private static final String EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final CoverageSettings settings;
    private final Layers layers;
    private final PlaceSets placeSets;
    private final Population population;
    private final TerrainData terrain;

    CostRasterProcess(
            CoverageSettings settings, Layers layers, PlaceSets placeSets, Population population, TerrainData terrain) {
        this.settings = settings;
        this.layers = layers;
        this.placeSets = placeSets;
        this.population = population;
        this.terrain = terrain;
    }

    /** @param within people within each of the minutes */
    record Zone(String zone, long cells, long people, List<Long> within, long unreached) {}

    /** @param latestSeconds of the last people taken in, null where nobody was */
    record Taken(
            String id,
            String name,
            @Nullable Long capacity,
            long people,
            @Nullable Double latestSeconds) {}

    record Answer(
            List<Integer> minutes,
            List<Zone> zones,
            List<Taken> catchments,
            long peopleWithoutRoom,
            long cellsReached,
            double cellMetres,
            @JsonUnwrapped Provenance provenance,
            @JsonIgnore CostCase of,
            @JsonIgnore CostCase.Result result) {}

    @Override
    public ProcessDescription description() {
        ObjectNode inputs = JsonNodeFactory.instance.objectNode();
        for (String name : NAMES)
            CircleDescription.part(
                    inputs,
                    WORDS,
                    "input",
                    name,
                    name.equals("facilities") ? 1 : 0,
                    name.equals("facilities") || name.equals("roads")
                            ? CircleDescription.object()
                            : name.equals("minutes")
                                    ? CircleDescription.type("array")
                                    : name.equals("direction")
                                            ? CircleDescription.choice(List.of("from", "to"), "to")
                                            : name.equals("roadSpeed")
                                                    ? CircleDescription.type("string")
                                                    : CircleDescription.type("number"));
        ObjectNode outputs = JsonNodeFactory.instance.objectNode();
        for (String name : List.of("minutes", "zones", "catchments"))
            CircleDescription.part(outputs, WORDS, "output", name, 0, CircleDescription.rows());
        for (String name : List.of("peopleWithoutRoom", "cellsReached", "cellMetres"))
            CircleDescription.part(outputs, WORDS, "output", name, 0, CircleDescription.type("number"));
        CircleDescription.provenanceOutputs(outputs);
        ObjectNode example = JsonNodeFactory.instance.objectNode();
        ObjectNode asked = example.putObject("inputs");
        asked.putObject("facilities").put("layer", "shelter");
        asked.put("direction", "to");
        return new ProcessDescription(
                "cost-raster",
                "1.0.0",
                CircleDescription.both(WORDS + "title"),
                CircleDescription.both(WORDS + "description"),
                inputs,
                outputs,
                example);
    }

    private record Wanted(
            InService stations,
            LayerDefinition roads,
            @Nullable Filter filter,
            String speed,
            List<Integer> minutes,
            int limitMinutes,
            boolean toward,
            double cellMetres,
            double marginMetres) {
        PlaceSet facilities() {
            return stations.answering();
        }
    }

    @Override
    public Answer execute(ObjectNode given, Progress progress) {
        long start = System.nanoTime();
        List<Mistake> mistakes = new ArrayList<>();
        Optional<Wanted> read = read(given, mistakes);
        if (read.isEmpty() || !mistakes.isEmpty())
            throw ProblemException.invalid("coverage.inputs", mistakes.size()).withMistakes(mistakes);
        Wanted wanted = read.get();
        List<Text> warnings = new ArrayList<>();
        InService.told(wanted.stations().leftOut(Set.of())).ifPresent(warnings::add);
        List<LayerUsed> used = new ArrayList<>();
        List<Feature> roads = roads(wanted, used, warnings);
        progress.report(0.1, Text.of("coverage.progress.roads"));
        CostCase of = cells(wanted, roads);
        MetricCrs crs = metric(wanted);
        land(of, crs, warnings);
        water(of, crs, used);
        int slow = 0;
        for (Feature road : roads) {
            Double kmh = road.number(wanted.speed());
            if (kmh != null && kmh > 0) of.road(crs.toMetres(road.geometry()), kmh, false);
            else slow++;
        }
        if (slow > 0) warnings.add(Text.of(WORDS + "roadsWithoutSpeed", slow, wanted.speed()));
        people(of, crs, warnings);
        facilities(of, wanted, crs, warnings);
        zones(of, crs, used);
        progress.stopIfCancelled();
        progress.report(0.4, Text.of("coverage.progress.surface"));
        CostCase.Result result = of.run(wanted.minutes(), wanted.limitMinutes(), wanted.toward());
        return answer(wanted, given, of, result, used, warnings, start);
    }

    private static MetricCrs metric(Wanted wanted) {
        return MetricCrs.at(wanted.facilities().places().get(0).lon());
    }

    private List<Feature> roads(Wanted wanted, List<LayerUsed> used, List<Text> warnings) {
        var snapshot = layers.snapshot(wanted.roads().id());
        used.add(PlaceSets.used(snapshot.state()));
        List<Feature> roads = new ArrayList<>();
        for (Feature road : snapshot.features())
            if (!road.geometry().isEmpty()
                    && (wanted.filter() == null || wanted.filter().matches(road))) roads.add(road);
        if (roads.isEmpty())
            warnings.add(Text.of("coverage.raster.noRoads", wanted.roads().id()));
        return roads;
    }

    private CostCase cells(Wanted wanted, List<Feature> roads) {
        MetricCrs crs = metric(wanted);
        Envelope box = new Envelope();
        for (Place place : wanted.facilities().places()) box.expandToInclude(place.lon(), place.lat());
        for (Feature road : roads) box.expandToInclude(road.geometry().getEnvelopeInternal());
        if (box.getMinX() < crs.centralMeridianDegrees() - 6 || box.getMaxX() > crs.centralMeridianDegrees() + 6)
            throw ProblemException.invalid("coverage.raster.tooWide", box.getMinX(), box.getMaxX());
        double[] sw = crs.toMetres(box.getMinX(), box.getMinY());
        double[] ne = crs.toMetres(box.getMaxX(), box.getMaxY());
        double cell = wanted.cellMetres();
        double west = Math.floor((Math.min(sw[0], ne[0]) - wanted.marginMetres()) / cell) * cell;
        double south = Math.floor((Math.min(sw[1], ne[1]) - wanted.marginMetres()) / cell) * cell;
        long cols = (long) Math.ceil((Math.max(sw[0], ne[0]) + wanted.marginMetres() - west) / cell);
        long rows = (long) Math.ceil((Math.max(sw[1], ne[1]) + wanted.marginMetres() - south) / cell);
        if (cols * rows > settings.grid().maxCells())
            throw ProblemException.invalid("coverage.inputs", 1)
                    .withMistakes(List.of(new Mistake(
                            "inputs.cellMetres",
                            Text.of(
                                    "coverage.input.tooManyCells",
                                    cell,
                                    cols * rows,
                                    settings.grid().maxCells()))));
        return new CostCase((int) cols, (int) rows, west, south + rows * cell, cell, cell, crs.crs());
    }

    private void land(CostCase of, MetricCrs crs, List<Text> warnings) {
        double[] lonLat = new double[2 * of.pace.length];
        for (int cell = 0; cell < of.pace.length; cell++) {
            lonLat[2 * cell] = of.x(cell);
            lonLat[2 * cell + 1] = of.y(cell);
        }
        crs.toLonLat(lonLat, 0, lonLat, 0, of.pace.length);
        float[] heights = terrain.sample(TerrainData.Kind.DEM, lonLat);
        float[] cover = terrain.sample(TerrainData.Kind.LAND_COVER, lonLat);
        System.arraycopy(heights, 0, of.height, 0, heights.length);
        int known = 0;
        for (int cell = 0; cell < of.pace.length; cell++) {
            Double kmh =
                    Float.isNaN(cover[cell]) ? null : terrain.landCoverKmh().get(Math.round(cover[cell]));
            of.ground(cell, kmh == null ? settings.offRoad().speedKmh() : kmh, true);
            if (!Float.isNaN(heights[cell])) known++;
        }
        if (known < heights.length && !terrain.sources(TerrainData.Kind.DEM).isEmpty())
            warnings.add(Text.of("coverage.land.heightsPart", Math.round(100.0 * known / heights.length)));
    }

    private void water(CostCase of, MetricCrs crs, List<LayerUsed> used) {
        for (CoverageSettings.Land.Water one : Lands.water(layers, settings.land())) {
            used.add(PlaceSets.used(layers.state(one.layer())));
            for (Geometry water : Lands.barring(layers, one, settings.land())) of.bar(crs.toMetres(water));
        }
    }

    private void people(CostCase of, MetricCrs crs, List<Text> warnings) {
        Optional<PopulationRaster> raster = population.raster();
        double[] shares = new double[of.pace.length];
        if (raster.isPresent()) raster.get().forEach((lon, lat, count) -> add(of, crs, shares, lon, lat, count));
        else
            population
                    .villages()
                    .all()
                    .forEach(village -> add(
                            of,
                            crs,
                            shares,
                            village.lon(),
                            village.lat(),
                            village.people() == null ? 0 : village.people()));
        long[] people = new long[shares.length];
        double carried = 0;
        for (int cell = 0; cell < people.length; cell++) {
            if (shares[cell] <= 0) continue;
            carried += shares[cell];
            people[cell] = (long) Math.floor(carried + 1e-6);
            carried -= people[cell];
        }
        of.people = people;
        warnings.add(Text.of(raster.isPresent() ? WORDS + "peopleFromRaster" : WORDS + "peopleFromVillages"));
    }

    private static void add(CostCase of, MetricCrs crs, double[] shares, double lon, double lat, double count) {
        if (Math.abs(lon - crs.centralMeridianDegrees()) > 6) return;
        double[] at = crs.toMetres(lon, lat);
        int cell = of.cellAt(at[0], at[1]);
        if (cell >= 0) shares[cell] += count;
    }

    private static void facilities(CostCase of, Wanted wanted, MetricCrs crs, List<Text> warnings) {
        List<String> barred = new ArrayList<>();
        List<String> moved = new ArrayList<>();
        for (Place place : wanted.facilities().places()) {
            double[] at = crs.toMetres(place.lon(), place.lat());
            int cell = of.openNear(at[0], at[1]);
            if (cell < 0) barred.add(place.name());
            else if (cell != of.cellAt(at[0], at[1])) moved.add(place.name());
            of.facilities.add(new CostCase.Facility(
                    place.id(),
                    place.name(),
                    cell,
                    place.attributes().get("capacity") instanceof Number capacity
                            ? Math.max(0, Math.round(capacity.doubleValue()))
                            : null));
        }
        if (!barred.isEmpty()) warnings.add(Text.of("coverage.raster.barred", barred));
        if (!moved.isEmpty()) warnings.add(Text.of("coverage.raster.moved", moved));
    }

    private void zones(CostCase of, MetricCrs crs, List<LayerUsed> used) {
        boolean seen = Visibility.current().layers(layers).stream().anyMatch(l -> l.id().equals("township"));
        if (!seen || layers.state("township").count() == 0) return;
        used.add(PlaceSets.used(layers.state("township")));
        for (Feature township : layers.snapshot("township").features()) {
            Geometry area = township.geometry();
            if (area instanceof Polygonal && !area.isEmpty())
                of.zones.add(new CostCase.Zone(township.name(), crs.toMetres(area)));
        }
    }

    private static Answer answer(
            Wanted wanted,
            ObjectNode given,
            CostCase of,
            CostCase.Result result,
            List<LayerUsed> used,
            List<Text> warnings,
            long start) {
        List<Zone> zones = new ArrayList<>();
        for (CostCase.ZoneRow row : result.zones()) {
            List<Long> within = new ArrayList<>();
            for (long people : row.within()) within.add(people);
            zones.add(new Zone(row.zone(), row.cells(), row.people(), within, row.unreached()));
        }
        List<Taken> taken = new ArrayList<>();
        Catchments.Filled filled = result.filled();
        long left = 0;
        if (filled != null) {
            for (long one : filled.left()) left += one;
            for (int f = 0; f < of.facilities.size(); f++) {
                CostCase.Facility facility = of.facilities.get(f);
                float latest = filled.latestSeconds()[f];
                taken.add(new Taken(
                        facility.id(),
                        facility.name(),
                        facility.capacity(),
                        filled.people()[f],
                        Float.isNaN(latest) ? null : Double.valueOf(latest)));
            }
        }
        long reached = 0;
        for (float seconds : result.travel().seconds()) if (!Float.isNaN(seconds)) reached++;
        ObjectNode understood = given.deepCopy();
        var minutes = understood.putArray("minutes");
        wanted.minutes().forEach(minutes::add);
        understood.put("limitMinutes", wanted.limitMinutes());
        understood.put("direction", wanted.toward() ? "to" : "from");
        understood.put("cellMetres", wanted.cellMetres());
        understood.put("marginMetres", wanted.marginMetres());
        understood.put("roadSpeed", wanted.speed());
        if (wanted.facilities().layer() != null) used.add(wanted.facilities().layer());
        return new Answer(
                wanted.minutes(),
                zones,
                taken,
                left,
                reached,
                wanted.cellMetres(),
                new Provenance(
                        understood,
                        new DataUsed(used, null, wanted.facilities().illustrative()),
                        warnings,
                        (System.nanoTime() - start) / 1e6),
                of,
                result);
    }

    private Optional<Wanted> read(ObjectNode given, List<Mistake> mistakes) {
        for (String name : given.propertyNames())
            if (!NAMES.contains(name))
                mistakes.add(new Mistake("inputs." + name, Text.of("process.input.unknown", NAMES)));
        Optional<InService> stations = placeSets
                .places(given.path("facilities"), "inputs.facilities", mistakes)
                .map(set -> placeSets.someInService(set, given.path("facilities"), "inputs.facilities", mistakes));
        if (stations.isPresent() && stations.get().all().places().isEmpty())
            mistakes.add(new Mistake("inputs.facilities", Text.of("coverage.prePosition.noCandidates")));
        JsonNode roads = given.path("roads");
        JsonNode layer = roads.isObject() ? roads.path("layer") : JsonNodeFactory.instance.stringNode("road");
        Optional<LayerDefinition> road = placeSets.layer(layer, "inputs.roads.layer", mistakes);
        Optional<Filter> filter =
                road.flatMap(l -> placeSets.filter(roads.path("filter"), l, "inputs.roads.filter", mistakes));
        String speed = given.path("roadSpeed").asString("speedKmh");
        if (road.isPresent()
                && road.get().attributes().stream().noneMatch(a -> a.name().equals(speed)))
            mistakes.add(new Mistake(
                    "inputs.roadSpeed",
                    Text.of("coverage.prePosition.weightBy", speed, road.get().title())));
        TreeSet<Integer> minutes = new TreeSet<>();
        JsonNode list = given.path("minutes");
        if (list.isMissingNode() || list.isNull()) minutes.addAll(settings.minutes());
        else if (!list.isArray() || list.isEmpty() || list.size() > settings.maxBands())
            mistakes.add(new Mistake("inputs.minutes", Text.of("coverage.input.minutesShape", settings.maxBands())));
        else
            for (int i = 0; i < list.size(); i++)
                minutes.add(
                        (int) number(list.get(i), "inputs.minutes[" + i + "]", 1, settings.maxMinutes(), 1, mistakes));
        double limit =
                number(given.path("limitMinutes"), "inputs.limitMinutes", 1, 1440, settings.maxMinutes(), mistakes);
        double cell = number(
                given.path("cellMetres"),
                "inputs.cellMetres",
                settings.grid().minCellMetres(),
                settings.grid().maxCellMetres(),
                settings.grid().cellMetres(),
                mistakes);
        double margin = number(given.path("marginMetres"), "inputs.marginMetres", 0, 50_000, 5000, mistakes);
        String direction = given.path("direction").asString("to");
        if (!direction.equals("from") && !direction.equals("to"))
            mistakes.add(new Mistake("inputs.direction", Text.of("coverage.input.direction", direction)));
        if (!mistakes.isEmpty() || stations.isEmpty() || road.isEmpty()) return Optional.empty();
        return Optional.of(new Wanted(
                stations.get(),
                road.get(),
                filter.orElse(null),
                speed,
                List.copyOf(minutes),
                (int) limit,
                direction.equals("to"),
                cell,
                margin));
    }

    private static double number(
            JsonNode node, String where, double least, double most, double usual, List<Mistake> mistakes) {
        if (node.isMissingNode() || node.isNull()) return usual;
        double value = node.isNumber() ? node.asDouble() : Double.NaN;
        if (value >= least && value <= most) return value;
        mistakes.add(new Mistake(where, Text.of("coverage.input.number", node.toString(), least, most)));
        return usual;
    }

    @Override
    public List<String> otherFormats() {
        return List.of(EXCEL, CircleFiles.GEOTIFF);
    }

    @Override
    public void write(Object answer, String mediaType, OutputStream out) throws IOException {
        Answer one = (Answer) answer;
        if (mediaType.equals(EXCEL)) CostRaster.tables(one.of(), one.minutes(), one.result(), out);
        else if (mediaType.equals(CircleFiles.GEOTIFF))
            one.of().raster(one.result().travel().seconds()).writeGeoTiff(out);
        else throw new UnsupportedOperationException(mediaType);
    }
}

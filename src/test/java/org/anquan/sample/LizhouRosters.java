package org.anquan.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import org.anquan.sample.GeoJsonFile.Attributes;
import org.anquan.sample.LizhouFacts.Unit;
import org.anquan.sample.RoadWeb.Crossing;
import org.anquan.sample.RoadWeb.Node;
import org.anquan.sample.RoadWeb.Way;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.linearref.LengthIndexedLine;

/**
 * The rosters that a county keeps beside people, forces and shelters: water for engines, monitors, works, lifelines.
 * Each layer throws dice of its own, so that a change of one leaves the others as they are.
 */
final class LizhouRosters {
    private static final int WEATHER_STATIONS = 25;
    private static final int INTAKES = 14;
    /** A hydrant on a crossing street serves the corner already (GB 50974-2014 7.2.5: at most 120 m apart). */
    private static final double HYDRANTS_APART_METRES = 60;
    /** A main road belongs to the town while a street corner is so near. */
    private static final double TOWN_METRES = 250;

    private final LizhouLand land;
    private final LizhouRoads ways;
    private final Function<String, GeoJsonFile> layer;
    private final List<Water> waters = new ArrayList<>();

    private record Water(Way way, LineString line) {}

    LizhouRosters(LizhouLand land, LizhouRoads ways, Function<String, GeoJsonFile> layer) {
        this.land = land;
        this.ways = ways;
        this.layer = layer;
        for (Way water : ways.waters.ways) waters.add(new Water(water, line(water)));
    }

    void write() {
        hydrants(LizhouSample.dice(31));
        intakes(LizhouSample.dice(32));
        helipads();
        monitors(LizhouSample.dice(33));
        reservoirs(LizhouSample.dice(34));
        flashFloods();
        intensities();
        mines();
        stores();
        careSites(LizhouSample.dice(35));
        pipelines(LizhouSample.dice(36));
        bridges(LizhouSample.dice(37));
    }

    private static LineString line(Way way) {
        return LizhouLand.PLANE.createLineString(
                way.nodes.stream().map(node -> node.at).toArray(Coordinate[]::new));
    }

    private static Point point(Coordinate at) {
        return LizhouLand.PLANE.createPoint(at);
    }

    /** Adds a feature whose id is the layer's sign and the next number. */
    private void add(String layerId, String sign, Coordinate at, Attributes attributes) {
        GeoJsonFile file = layer.apply(layerId);
        file.add(String.format(Locale.ROOT, "%s-%03d", sign, file.size() + 1), point(Ground.onGrid(at)), attributes);
    }

    private boolean isDry(Coordinate at, double metresFromBank) {
        for (Water water : waters)
            if (water.line().distance(point(at)) < water.way().widthMetres / 2 + metresFromBank) return false;
        return true;
    }

    private static boolean isApart(List<Coordinate> others, Coordinate at, double metres) {
        for (Coordinate other : others) if (other.distance(at) < metres) return false;
        return true;
    }

    /** The point of the line between a and b that lies so far beside it; left of the way from a to b is positive. */
    private static Coordinate aside(Coordinate a, Coordinate b, double share, double metres) {
        double length = a.distance(b);
        return new Coordinate(
                a.x + share * (b.x - a.x) - (b.y - a.y) / length * metres,
                a.y + share * (b.y - a.y) + (b.x - a.x) / length * metres);
    }

    // ---- water for fire engines

    private void hydrants(Random dice) {
        List<Coordinate> taken = new ArrayList<>();
        for (Way road : ways.roads.ways) {
            boolean street = road.kind.equals("residential") && road.name.endsWith("街");
            boolean main = road.kind.equals("primary") || road.kind.equals("secondary");
            if (street || main) hydrants(road, dice, taken);
        }
    }

    private void hydrants(Way road, Random dice, List<Coordinate> taken) {
        double next = 30 + 60 * dice.nextDouble();
        double at = 0;
        for (int i = 1; i < road.nodes.size(); i++) {
            Coordinate from = road.nodes.get(i - 1).at;
            Coordinate to = road.nodes.get(i).at;
            double length = from.distance(to);
            while (next < at + length) {
                Coordinate place = Ground.onGrid(aside(from, to, (next - at) / length, road.widthMetres / 2 + 1.2));
                next += 100 + 20 * dice.nextDouble();
                if (!isUrban(place) || !isDry(place, 5)) continue;
                if (!isApart(taken, place, HYDRANTS_APART_METRES)) continue;
                taken.add(place);
                hydrant(road, place, taken.size(), dice);
            }
            at += length;
        }
    }

    private boolean isUrban(Coordinate at) {
        Unit unit = land.unitOf(at);
        if (!unit.kind().equals("street")) return false;
        for (Node corner : ways.towns.getOrDefault(unit.id(), List.of()))
            if (corner.at.distance(at) < TOWN_METRES) return true;
        return false;
    }

    /** Every twentieth is out of order; what it would give is not known. */
    private void hydrant(Way road, Coordinate at, int number, Random dice) {
        boolean ok = number % 20 != 13;
        double flow = Math.round((15 + 12 * dice.nextDouble()) * 10) / 10.0;
        double pressure = Math.round((0.14 + 0.2 * dice.nextDouble()) * 100) / 100.0;
        int day = 1 + (int) (27 * dice.nextDouble());
        Attributes attributes =
                Attributes.named("示例" + number + "号消火栓").with("kind", "pillar").with("ok", ok);
        if (ok) attributes.with("flowLs", flow).with("pressureMPa", pressure);
        attributes.with("diameterMm", road.kind.equals("residential") ? 150 : 200);
        if (!road.name.isEmpty()) attributes.with("road", road.name);
        add("hydrant", "hydrant", at, attributes.with("inspectedAt", String.format(Locale.ROOT, "2026-02-%02d", day)));
    }

    /** On the banks where an engine comes near, then two pools in places without a river. */
    private void intakes(Random dice) {
        List<Coordinate> chosen = new ArrayList<>();
        for (Water river : waters) {
            if (!river.way().kind.equals("river")) continue;
            List<Node> nodes = river.way().nodes;
            for (int i = 1; i < nodes.size() && chosen.size() < INTAKES; i++) {
                double side = (dice.nextBoolean() ? 1 : -1) * (river.way().widthMetres / 2 + 8);
                Coordinate bank = aside(nodes.get(i - 1).at, nodes.get(i).at, 0.5, side);
                Crossing road = ways.roads.nearest(bank, 140);
                if (road == null || road.segment().way().isMotorway() || !isDry(bank, 5)) continue;
                if (!land.district.contains(point(bank)) || !isApart(chosen, bank, 2200)) continue;
                chosen.add(bank);
                add(
                        "water_source",
                        "water",
                        bank,
                        Attributes.named(river.way().name + "示例" + chosen.size() + "号取水点")
                                .with("kind", chosen.size() % 3 == 0 ? "river" : "intake")
                                .with("vehicles", chosen.size() % 3 == 0 ? 1 : 2)
                                .with("yearRound", true)
                                .with("ok", chosen.size() != 9));
            }
        }
        pool("示例1号消防水池", 915.5, 391.2, 800);
        pool("示例2号消防水池", 750.5, 393, 1000);
    }

    private void pool(String name, double east, double north, int volumeM3) {
        add(
                "water_source",
                "water",
                Ground.at(east, north),
                Attributes.named(name)
                        .with("kind", "pool")
                        .with("volumeM3", volumeM3)
                        .with("vehicles", 1)
                        .with("yearRound", true)
                        .with("ok", true));
    }

    private void helipads() {
        helipad("盘龙机场起降点（示例）", "airport", "active", 702, 391, "paved", true);
        helipad("澳源体育中心起降点（示例）", "field", "active", 887.2, 417.3, "grass", false);
        helipad("三堆起降点（示例，规划）", "pad", "planned", 626, 505.5, "paved", false);
        helipad("天曌山起降点（示例，规划）", "pad", "planned", 747.5, 468, "paved", false);
    }

    private void helipad(
            String name, String kind, String status, double east, double north, String surface, boolean night) {
        add(
                "helipad",
                "helipad",
                Ground.at(east, north),
                Attributes.named(name)
                        .with("kind", kind)
                        .with("status", status)
                        .with("surface", surface)
                        .with("night", night));
    }

    // ---- monitors and hazards

    /** Weather stations: one a unit, the others where the next one is far. Seismic ones on the hills. */
    private void monitors(Random dice) {
        List<Coordinate> places = new ArrayList<>();
        for (Unit unit : LizhouFacts.UNITS) {
            Coordinate at = unit.centre();
            do {
                double angle = 2 * Math.PI * dice.nextDouble();
                at = new Coordinate(
                        unit.centre().x + 260 * StrictMath.cos(angle), unit.centre().y + 260 * StrictMath.sin(angle));
            } while (!isDry(at, 30));
            places.add(at);
        }
        var box = land.district.getEnvelopeInternal();
        while (places.size() < WEATHER_STATIONS) {
            Coordinate at = new Coordinate(
                    box.getMinX() + dice.nextDouble() * box.getWidth(),
                    box.getMinY() + dice.nextDouble() * box.getHeight());
            if (land.district.contains(point(at)) && isDry(at, 100) && isApart(places, at, 6000)) places.add(at);
        }
        for (int i = 0; i < places.size(); i++)
            add(
                    "monitor",
                    "monitor",
                    places.get(i),
                    Attributes.named(land.unitOf(places.get(i)).fullName() + "示例" + (i + 1) + "号气象站")
                            .with("type", "weather")
                            .with("auto", true)
                            .with("online", i != 19)
                            .with("quantity", "rain1h"));
        seismic("示例1号地震台", 742, 474);
        seismic("示例2号地震台", 613, 498);
        seismic("示例3号地震台", 903, 444);
    }

    private void seismic(String name, double east, double north) {
        add(
                "monitor",
                "monitor",
                Ground.at(east, north),
                Attributes.named(name)
                        .with("type", "seismic")
                        .with("auto", true)
                        .with("online", true)
                        .with("quantity", "pgaG"));
    }

    /** A reservoir on each stream, its point on the dam's abutment; three dikes on their banks. */
    private void reservoirs(Random dice) {
        int number = 0;
        for (Water water : waters) {
            if (!water.way().name.endsWith("溪")) continue;
            number++;
            List<Node> nodes = water.way().nodes;
            int middle = (int) (nodes.size() * (0.25 + 0.2 * dice.nextDouble()));
            Coordinate dam = aside(nodes.get(middle).at, nodes.get(middle + 1).at, 0.5, 60);
            boolean first = number % 4 == 1;
            add(
                    "reservoir",
                    "reservoir",
                    dam,
                    Attributes.named("示例" + number + "水库")
                            .with("kind", "reservoir")
                            .with("scale", first ? "small1" : "small2")
                            .with("volumeM3", (first ? 1_500_000 : 150_000) + 10_000 * (int) (60 * dice.nextDouble()))
                            .with("damHeightM", (first ? 28 : 14) + (int) (8 * dice.nextDouble()))
                            .with("designRpA", first ? 50 : 30)
                            .with("condition", number == 4 ? "class3" : number % 2 == 0 ? "class1" : "class2")
                            .with("peopleDownstream", 80 + (int) (900 * dice.nextDouble() * dice.nextDouble()))
                            .with("plan", true));
        }
        dike("石羊坝堤防（示例）", "嘉陵江", Ground.at(843, 472), 2870, 50);
        dike("清江堤防（示例）", "清江河", Ground.at(578, 335), 2490, 20);
        dike("赤化堤防（示例）", "清江河", Ground.at(612, 350), 1810, 20);
    }

    private void dike(String name, String river, Coordinate near, int lengthM, int designRpA) {
        Water water = waters.stream()
                .filter(w -> w.way().name.equals(river))
                .findFirst()
                .orElseThrow();
        LengthIndexedLine along = new LengthIndexedLine(water.line());
        Coordinate bank = along.extractPoint(along.project(near), water.way().widthMetres / 2 + 12);
        add(
                "reservoir",
                "reservoir",
                bank,
                Attributes.named(name)
                        .with("kind", "dike")
                        .with("lengthM", lengthM)
                        .with("designRpA", designRpA)
                        .with("condition", "class1"));
    }

    /** The five gullies of the town and three streams; level and people as the gully has them. */
    private void flashFloods() {
        for (int i = 1; i <= 5; i++) flashFlood("示例" + i + "沟", "gully-" + i, 90, i == 2 ? 4 : 15, 120 + 90 * i);
        flashFlood("示例2溪", "stream-2", 60, 30, 140);
        flashFlood("示例4溪", "stream-4", 60, 30, 210);
        flashFlood("示例6溪", "stream-6", 60, 30, 160);
    }

    private void flashFlood(String channel, String id, double metres, int returnPeriodA, int people) {
        Water water = waters.stream()
                .filter(w -> w.way().name.equals(channel))
                .findFirst()
                .orElseThrow();
        Polygon zone = (Polygon) water.line().buffer(metres, 4);
        Coordinate[] ring = zone.getExteriorRing().getCoordinates();
        for (int i = 0; i < ring.length; i++) ring[i] = Ground.onGrid(ring[i]);
        String level = returnPeriodA < 5 ? "extreme" : returnPeriodA < 20 ? "high" : "danger";
        Unit unit = land.unitOf(water.way().nodes.get(water.way().nodes.size() / 2).at);
        layer.apply("flash_flood_zone")
                .add(
                        "flash-" + id,
                        LizhouLand.PLANE.createPolygon(ring),
                        Attributes.named(channel + "山洪危险区")
                                .with("level", level)
                                .with("returnPeriodA", returnPeriodA)
                                .with("people", people)
                                .with("households", Math.round(people / 2.7))
                                .with("channel", id)
                                .with("township", unit.fullName()));
    }

    private void intensities() {
        layer.apply("intensity_zone")
                .add(
                        "intensity-1",
                        land.district,
                        Attributes.named("Ⅶ度区（示例）").with("intensity", "VII").with("pgaG", 0.1));
    }

    /** Seven coal mines of 1.44 million tonnes a year together. */
    private void mines() {
        mine(1005, 475, 0.30, "active", "B", "high", 78, "facility-coal-mine");
        mine(1013, 483, 0.30, "active", "B", "low", 74, "");
        mine(998, 510, 0.21, "active", "C", "high", 56, "");
        mine(983, 527, 0.21, "active", "B", "low", 52, "");
        mine(1023, 470, 0.15, "active", "C", "low", 41, "");
        mine(971, 503, 0.15, "building", "C", "low", 30, "");
        mine(1033, 456, 0.12, "idle", "D", "high", 0, "");
    }

    private void mine(
            double east,
            double north,
            double capacity,
            String status,
            String safetyClass,
            String gasClass,
            int underground,
            String facility) {
        Attributes attributes = Attributes.named("示例" + (layer.apply("mine").size() + 1) + "煤矿")
                .with("kind", "coal")
                .with("method", "underground")
                .with("status", status)
                .with("capacityMtA", capacity)
                .with("safetyClass", safetyClass)
                .with("gasClass", gasClass)
                .with("maxUnderground", underground);
        if (!facility.isEmpty()) attributes.with("facilityId", facility);
        add("mine", "mine", Ground.at(east, north), attributes);
    }

    private void stores() {
        add(
                "tailings_pond",
                "tailings",
                Ground.at(660, 470),
                Attributes.named("尾矿库（示例）")
                        .with("overhead", true)
                        .with("grade", "5")
                        .with("volumeM3", 800_000)
                        .with("heightM", 28)
                        .with("status", "active")
                        .with("peopleDownstream", 25)
                        .with("monitored", true)
                        .with("facilityId", "facility-tailings"));
        explosives("民爆物品库（示例）", "civil", "1.1", 975, 475, 5000, "facility-explosives");
        explosives("烟花爆竹库（示例）", "fireworks", "1.3", 955, 462, 3000, "facility-fireworks");
    }

    private void explosives(
            String name, String kind, String division, double east, double north, int netKg, String facility) {
        add(
                "explosives_store",
                "explosives",
                Ground.at(east, north),
                Attributes.named(name)
                        .with("kind", kind)
                        .with("division", division)
                        .with("netKg", netKg)
                        .with("status", "active")
                        .with("facilityId", facility));
    }

    // ---- whom to bring away first, and lifelines

    /** In each unit two schools, a kindergarten and a home, beside street corners far from each other. */
    private void careSites(Random dice) {
        for (Unit unit : LizhouFacts.UNITS) {
            List<Coordinate> taken = new ArrayList<>();
            int people = unit.people();
            care(unit, "school", "小学", Math.round(people * 0.03), true, taken, dice);
            care(unit, "school", "中学", Math.round(people * 0.025), people < 35_000, taken, dice);
            care(unit, "kindergarten", "幼儿园", Math.round(people * 0.008), false, taken, dice);
            care(unit, "careHome", "养老院", 40 + Math.round(people * 0.0012), true, taken, dice);
        }
        college("川北幼专（示例）", 868.4, 437.3, 9000);
        college("信息学院（示例）", 880.3, 428.4, 11_000);
    }

    private void care(
            Unit unit, String kind, String word, long people, boolean night, List<Coordinate> taken, Random dice) {
        Coordinate best = unit.centre();
        double bestMetres = -1;
        for (Node corner : ways.towns.getOrDefault(unit.id(), List.of())) {
            double angle = 2 * Math.PI * dice.nextDouble();
            Coordinate at =
                    new Coordinate(corner.at.x + 45 * StrictMath.cos(angle), corner.at.y + 45 * StrictMath.sin(angle));
            if (!isDry(at, 40) || ways.roads.metresFrom(at, 20) < 20) continue;
            double metres = 1500;
            for (Coordinate other : taken) metres = Math.min(metres, other.distance(at));
            metres *= 0.7 + 0.3 * dice.nextDouble();
            if (metres > bestMetres) {
                bestMetres = metres;
                best = at;
            }
        }
        taken.add(best);
        boolean home = kind.equals("careHome");
        boolean boards = home || (night && kind.equals("school") && !unit.kind().equals("street"));
        Attributes attributes = Attributes.named(unit.fullName() + "示例" + word)
                .with("kind", kind)
                .with("people", people)
                .with("staff", Math.round(people * (home ? 0.2 : 0.08)));
        if (home) attributes.with("needHelp", Math.round(people * 0.4));
        add("care_site", "care", best, attributes.with("boarding", boards).with("township", unit.fullName()));
    }

    private void college(String name, double east, double north, int people) {
        Coordinate at = Ground.at(east, north);
        add(
                "care_site",
                "care",
                at,
                Attributes.named(name)
                        .with("kind", "college")
                        .with("people", people)
                        .with("staff", people / 14)
                        .with("boarding", true)
                        .with("township", land.unitOf(at).fullName()));
    }

    private void pipelines(Random dice) {
        pipeline(
                "示例1输气干线",
                "597,352 632,388 690,396 735,404 765,402 812,390 870,396 925,410 985,434 1045,428",
                508,
                6.3,
                dice);
        pipeline("示例2城市高压燃气管道", "765,402 783,409 800,421 812,436 826,447 850,446", 325, 1.6, dice);
    }

    private void pipeline(String name, String through, int diameterMm, double pressureMPa, Random dice) {
        List<Coordinate> line = Curves.smooth(LizhouFacts.line(through), 200, 60, dice);
        GeoJsonFile file = layer.apply("pipeline");
        file.add(
                "pipeline-" + (file.size() + 1),
                LizhouLand.PLANE.createLineString(line.toArray(Coordinate[]::new)),
                Attributes.named(name)
                        .with("medium", "naturalGas")
                        .with("status", "active")
                        .with("diameterMm", diameterMm)
                        .with("pressureMPa", pressureMPa)
                        .with("overGoaf", false));
    }

    /** One where a road crosses water. Some bridges of village roads bear less than a laden fire engine weighs. */
    private void bridges(Random dice) {
        for (Way road : ways.roads.ways) {
            List<Coordinate> own = new ArrayList<>();
            for (int i = 1; i < road.nodes.size(); i++)
                for (Crossing met : ways.waters.crossings(road.nodes.get(i - 1).at, road.nodes.get(i).at)) {
                    if (!isApart(own, met.at(), met.segment().way().widthMetres + 40)) continue;
                    own.add(met.at());
                    bridge(road, met, dice);
                }
        }
    }

    private void bridge(Way road, Crossing met, Random dice) {
        int number = layer.apply("bridge").size() + 1;
        String water = met.segment().way().name;
        boolean small = road.kind.equals("unclassified") || road.kind.equals("residential");
        double state = dice.nextDouble();
        double load = dice.nextDouble();
        Attributes attributes =
                Attributes.named("示例" + number + "号桥（" + water + "）").with("kind", "bridge");
        if (!road.name.isEmpty()) attributes.with("road", road.name);
        attributes
                .with("crosses", water)
                .with("lengthM", Math.round(met.segment().way().widthMetres + 40))
                .with("widthM", road.widthMetres)
                .with("condition", state < 0.4 ? "1" : state < 0.85 || !small ? "2" : "3");
        if (small && load < 0.4) attributes.with("loadLimitT", load < 0.15 ? 10 : 15);
        add("bridge", "bridge", met.at(), attributes);
    }
}

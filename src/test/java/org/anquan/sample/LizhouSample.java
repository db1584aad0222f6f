package org.anquan.sample;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.anquan.sample.GeoJsonFile.Attributes;
import org.anquan.sample.LizhouFacts.River;
import org.anquan.sample.LizhouFacts.Unit;
import org.anquan.sample.RoadWeb.Crossing;
import org.anquan.sample.RoadWeb.Node;
import org.anquan.sample.RoadWeb.Way;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;
import org.locationtech.jts.triangulate.VoronoiDiagramBuilder;

/** The whole sample, made in one go: land, waters, main roads, streets, villages with their roads, then what lies on them. */
final class LizhouSample {
    private static final long SEED = 510_802;
    private static final int LANDSLIDES = 164;
    private static final int AUTOMATIC = 73;

    /** A village with no road within two kilometres. */
    private static final Coordinate ROADLESS = Ground.at(476, 527);
    /** Middle of a lakeside group of villages whose tracks meet no other road; a ferry is their only link. */
    private static final Coordinate LAKESIDE = Ground.at(523, 543);

    private static final double ROADLESS_KEEP_METRES = 2500;
    private static final double LAKESIDE_KEEP_METRES = 4300;

    private record Village(String id, String name, Unit unit, boolean community, Coordinate at) {}

    private final LizhouLand land = new LizhouLand(dice(27));
    private final LizhouRoads ways = new LizhouRoads();
    private final List<Village> villages = new ArrayList<>();
    private final Map<String, GeoJsonFile> layers = new LinkedHashMap<>();

    LizhouSample() {
        ways.layRivers(dice(2));
        ways.layMainRoads(dice(3));
        ways.layStreets(dice(4));
        placeVillages(dice(5));
        ways.layPath("天曌山步道", "path", List.of(Ground.at(742, 476), Ground.at(733, 479)), dice(6));
        ways.layPath("凤凰山步道", "footway", List.of(Ground.at(837.5, 437.5), Ground.at(835, 438)), dice(6));
        district();
        townships();
        villages(dice(7));
        waters();
        faults(dice(8));
        forests(dice(9));
        landslides(dice(10));
        facilities();
        stations();
        teams(dice(11));
        hospitals();
        shelters(dice(12));
        stores();
        new LizhouRosters(land, ways, this::layer).write();
    }

    Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        layers.forEach((layer, file) -> files.put(layer + ".geojson", file.toString()));
        files.put("roads.osm", ways.osm().toString());
        return files;
    }

    /** The dice of one part; parts know nothing of each other's throws. */
    static Random dice(int part) {
        return new Random(SEED * 100 + part);
    }

    private GeoJsonFile layer(String id) {
        return layers.computeIfAbsent(id, key -> new GeoJsonFile());
    }

    private static Point point(Coordinate at) {
        return LizhouLand.PLANE.createPoint(at);
    }

    // ---- people

    private static long squareMetres(Polygon polygon) {
        return Math.round(polygon.getArea() / 10_000) * 10_000;
    }

    private void district() {
        int people = LizhouFacts.UNITS.stream().mapToInt(Unit::people).sum();
        layer("district")
                .add(
                        "district-lizhou",
                        land.district,
                        Attributes.named("利州区")
                                .with("people", people)
                                .with("areaM2", squareMetres(land.district))
                                .with("dutyPhone", dutyPhone(0)));
    }

    private void townships() {
        land.townships.forEach((unit, polygon) -> layer("township")
                .add(
                        "township-" + unit.id(),
                        polygon,
                        Attributes.named(unit.fullName())
                                .with("kind", unit.kind())
                                .with("people", unit.people())
                                .with("dutyPhone", dutyPhone(1 + LizhouFacts.UNITS.indexOf(unit)))));
    }

    /** Local numbers that begin with 0 are never given to anybody. */
    private static String dutyPhone(int number) {
        return "0839-0000%03d".formatted(100 + number);
    }

    private void placeVillages(Random dice) {
        List<LizhouRoads.Wish> wishes = new ArrayList<>();
        for (Unit unit : LizhouFacts.UNITS) {
            int number = 0;
            for (Coordinate at : inTown(unit, dice)) add(unit, ++number, true, at);
            List<Coordinate> special = special(unit);
            int rural = unit.villages() - number - special.size();
            for (Coordinate at : inCountry(unit, rural, dice)) {
                Village village = add(unit, ++number, false, at);
                wishes.add(new LizhouRoads.Wish(village.name() + "村道", at));
            }
            for (Coordinate at : special) add(unit, ++number, false, at);
        }
        ways.layRoadThrough("白朝乡示例西环村道", BAICHAO_WEST, 1.42, dice);
        ways.layIsland("湖西示例机耕道", LAKESIDE_TRACKS, dice);
        ways.layVillageRoads(wishes, dice);
    }

    private Village add(Unit unit, int number, boolean community, Coordinate at) {
        Village village = new Village(
                String.format(Locale.ROOT, "village-%s-%02d", unit.id(), number),
                unit.fullName() + "示例" + number + (community ? "社区" : "村"),
                unit,
                community,
                Ground.onGrid(at));
        villages.add(village);
        return village;
    }

    /** From 白朝 along a long village road: the first village is within the hour of 三堆, the two behind it are not. */
    private static final List<Coordinate> BAICHAO_WEST =
            List.of(Ground.at(500, 485), Ground.at(466, 481), Ground.at(465, 453), Ground.at(476, 440));

    private static final List<List<Coordinate>> LAKESIDE_TRACKS = List.of(
            List.of(Ground.at(515, 536), LAKESIDE, Ground.at(530, 549)),
            List.of(LAKESIDE, Ground.at(518, 552)),
            List.of(LAKESIDE, Ground.at(529, 537)));

    /** Villages at given places, the last of their unit. */
    private static List<Coordinate> special(Unit unit) {
        return switch (unit.id()) {
            case "baichao" -> List.of(BAICHAO_WEST.get(1), BAICHAO_WEST.get(2), BAICHAO_WEST.get(3), ROADLESS);
            case "jindong" -> List.of(Ground.at(515, 536), Ground.at(530, 549));
            default -> List.of();
        };
    }

    /** Communities: street corners of the town, far from each other. */
    private List<Coordinate> inTown(Unit unit, Random dice) {
        List<Node> corners = ways.towns.getOrDefault(unit.id(), List.of());
        List<Coordinate> chosen = new ArrayList<>();
        while (chosen.size() < unit.inTown()) {
            Coordinate best = unit.centre();
            double bestScore = -1;
            for (Node corner : corners) {
                double score = (0.6 + 0.4 * dice.nextDouble()) * nearest(chosen, corner.at, 3000)
                        - (chosen.isEmpty() ? corner.at.distance(unit.centre()) : 0);
                if (score > bestScore) {
                    bestScore = score;
                    best = corner.at;
                }
            }
            double angle = dice.nextDouble() * 2 * Math.PI;
            chosen.add(new Coordinate(best.x + 25 * StrictMath.cos(angle), best.y + 25 * StrictMath.sin(angle)));
        }
        return chosen;
    }

    private static double nearest(List<Coordinate> others, Coordinate at, double atMost) {
        double nearest = atMost;
        for (Coordinate other : others) nearest = Math.min(nearest, other.distance(at));
        return nearest;
    }

    /** Villages: spread over the unit, rather near rivers and main roads, away from water, town and the two kept places. */
    private List<Coordinate> inCountry(Unit unit, int count, Random dice) {
        Polygon polygon = land.townships.get(unit);
        if (polygon == null) return List.of();
        Geometry inner = polygon.buffer(-350);
        List<Coordinate> taken = new ArrayList<>(special(unit));
        taken.add(unit.centre());
        for (Village other : villages) taken.add(other.at());
        List<Coordinate> chosen = new ArrayList<>();
        double apart = Math.sqrt(polygon.getArea() / Math.max(1, count)) * 1.1;
        while (chosen.size() < count) {
            Coordinate best = null;
            double bestScore = -1;
            for (int attempt = 0; attempt < 60; attempt++) {
                Coordinate at = anywhere(inner, dice);
                double water = ways.waters.metresFrom(at, 6000);
                double road = ways.roads.metresFrom(at, 6000);
                if (water < 220 || road < 120 || isKeptFree(at)) continue;
                double near = 0.25 + StrictMath.exp(-Math.min(water, road) / 1500);
                double score = near * Math.min(apart, nearest(taken, at, apart));
                if (score > bestScore) {
                    bestScore = score;
                    best = at;
                }
            }
            if (best == null) continue;
            chosen.add(best);
            taken.add(best);
        }
        return chosen;
    }

    private static boolean isKeptFree(Coordinate at) {
        return at.distance(ROADLESS) < ROADLESS_KEEP_METRES || at.distance(LAKESIDE) < LAKESIDE_KEEP_METRES;
    }

    private static Coordinate anywhere(Geometry area, Random dice) {
        var box = area.getEnvelopeInternal();
        while (true) {
            Coordinate at = new Coordinate(
                    box.getMinX() + dice.nextDouble() * box.getWidth(),
                    box.getMinY() + dice.nextDouble() * box.getHeight());
            if (area.contains(point(at))) return at;
        }
    }

    private void villages(Random dice) {
        for (Unit unit : LizhouFacts.UNITS) {
            List<Village> own = villages.stream().filter(v -> v.unit() == unit).toList();
            double[] weights = new double[own.size()];
            for (int i = 0; i < weights.length; i++)
                weights[i] = (own.get(i).community() ? 2.4 : 0.7) * (0.6 + 0.8 * dice.nextDouble());
            int[] people = shares(unit.people(), weights);
            for (int i = 0; i < weights.length; i++) {
                Village village = own.get(i);
                double day = village.community() ? 1.02 + 0.15 * dice.nextDouble() : 0.78 + 0.1 * dice.nextDouble();
                double old = village.community() ? 0.15 + 0.05 * dice.nextDouble() : 0.25 + 0.1 * dice.nextDouble();
                layer("village")
                        .add(
                                village.id(),
                                point(village.at()),
                                Attributes.named(village.name())
                                        .with("kind", village.community() ? "community" : "village")
                                        .with("township", unit.fullName())
                                        .with("people", people[i])
                                        .with("popDay", Math.round(people[i] * day))
                                        .with("popNight", people[i])
                                        .with("households", Math.round(people[i] / 2.7))
                                        .with("elderly", Math.round(people[i] * old))
                                        .with("needHelp", Math.round(people[i] * old * 0.12))
                                        .with(
                                                "contact",
                                                "示例责任人" + (layer("village").size() + 1)));
            }
            communities(unit, own, people);
        }
    }

    /** The areas of a township's communities and villages: each place is nearest to its own. Plainly invented. */
    private void communities(Unit unit, List<Village> own, int[] people) {
        VoronoiDiagramBuilder builder = new VoronoiDiagramBuilder();
        builder.setSites(own.stream().map(Village::at).toList());
        Polygon township = java.util.Objects.requireNonNull(land.townships.get(unit));
        builder.setClipEnvelope(township.getEnvelopeInternal());
        Geometry cells = builder.getDiagram(LizhouLand.PLANE);
        for (int i = 0; i < own.size(); i++) {
            Village village = own.get(i);
            for (int c = 0; c < cells.getNumGeometries(); c++) {
                if (!cells.getGeometryN(c).contains(point(village.at()))) continue;
                layer("community")
                        .add(
                                village.id().replace("village-", "community-"),
                                OverlayNGRobust.overlay(cells.getGeometryN(c), township, OverlayNG.INTERSECTION),
                                Attributes.named(village.name())
                                        .with("kind", village.community() ? "community" : "village")
                                        .with("township", unit.fullName())
                                        .with("people", people[i])
                                        .with("popNight", people[i])
                                        .with("horns", village.community() ? 4 : 2));
                break;
            }
        }
    }

    /** Whole numbers in proportion to the weights that sum to the total: what is cut off goes to the largest rests. */
    static int[] shares(int total, double[] weights) {
        double sum = 0;
        for (double weight : weights) sum += weight;
        int[] shares = new int[weights.length];
        double[] rests = new double[weights.length];
        int given = 0;
        for (int i = 0; i < weights.length; i++) {
            double exact = total * weights[i] / sum;
            shares[i] = (int) exact;
            rests[i] = exact - shares[i];
            given += shares[i];
        }
        for (; given < total; given++) {
            int largest = 0;
            for (int i = 1; i < rests.length; i++) if (rests[i] > rests[largest]) largest = i;
            shares[largest]++;
            rests[largest] = -1;
        }
        return shares;
    }

    // ---- hazards

    private void waters() {
        List<River> rivers = new ArrayList<>(LizhouFacts.RIVERS);
        rivers.addAll(LizhouFacts.SMALL_WATERS);
        for (River river : rivers) {
            Way way = ways.waters.ways.stream()
                    .filter(w -> w.name.equals(river.name()))
                    .findFirst()
                    .orElseThrow();
            Coordinate[] line = way.nodes.stream().map(n -> n.at).toArray(Coordinate[]::new);
            Attributes attributes =
                    Attributes.named(river.name()).with("kind", river.kind()).with("widthM", river.widthMetres());
            if (river.kind().equals("gully"))
                attributes
                        .with("returnPeriodA", river.id().equals("gully-2") ? 4 : 15)
                        .with("people", 120 + 90 * (river.id().charAt(6) - '0'));
            layer("flood_channel").add(river.id(), LizhouLand.PLANE.createLineString(line), attributes);
        }
    }

    private void faults(Random dice) {
        fault("fault-pingwu-qingchuan", "平武—青川断裂", "240,575 400,655 600,735 800,830 1000,930", "latePleistocene", dice);
        fault("fault-beichuan", "北川—映秀断裂北东延伸段", "200,395 400,485 560,565 720,635 900,720", "", dice);
        fault("fault-guangyuan", "江油—广元—朝天断裂", "420,300 600,385 760,460 860,520 1000,600", "", dice);
    }

    /** Where the activity is not known it is left out: unknown is not "other". */
    private void fault(String id, String name, String through, String activity, Random dice) {
        List<Coordinate> line = Curves.smooth(LizhouFacts.line(through), 600, 160, dice);
        Attributes attributes = Attributes.named(name).with("accuracyM", 2000);
        if (!activity.isEmpty()) attributes.with("activity", activity);
        layer("fault").add(id, LizhouLand.PLANE.createLineString(line.toArray(Coordinate[]::new)), attributes);
    }

    private void forests(Random dice) {
        forest("forest-tianzhaoshan", "天曌山林区", Ground.at(745, 470), 3300, "I", "road", dice);
        forest("forest-yueba", "月坝林区", Ground.at(462, 478), 2900, "II", "track", dice);
        forest("forest-bailonghu", "白龙湖林区", Ground.at(556, 566), 3000, "II", "road", dice);
    }

    private void forest(
            String id, String name, Coordinate middle, double radius, String fireClass, String access, Random dice) {
        double[] phases = new double[4];
        for (int i = 0; i < phases.length; i++) phases[i] = dice.nextDouble() * 2 * Math.PI;
        List<Coordinate> ring = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            double angle = 2 * Math.PI * i / 90;
            double reach = radius;
            for (int k = 0; k < phases.length; k++)
                reach += radius * 0.16 / (k + 1) * StrictMath.sin((k + 2) * angle + phases[k]);
            ring.add(new Coordinate(
                    middle.x + 1.25 * reach * StrictMath.cos(angle), middle.y + reach * StrictMath.sin(angle)));
        }
        ring.add(ring.get(0));
        Geometry inside =
                LizhouLand.PLANE.createPolygon(ring.toArray(Coordinate[]::new)).intersection(land.district);
        Polygon largest = (Polygon) inside.getGeometryN(0);
        for (int i = 1; i < inside.getNumGeometries(); i++)
            if (inside.getGeometryN(i).getArea() > largest.getArea()) largest = (Polygon) inside.getGeometryN(i);
        layer("forest_fire_area")
                .add(
                        id,
                        largest,
                        Attributes.named(name)
                                .with("fireClass", fireClass)
                                .with("weatherLevel", 2)
                                .with("access", access)
                                .with("areaM2", squareMetres(largest)));
    }

    private void landslides(Random dice) {
        List<Coordinate> places = new ArrayList<>();
        while (places.size() < LANDSLIDES) {
            Coordinate at = anywhere(land.district, dice);
            double water = ways.waters.metresFrom(at, 1500);
            Crossing road = ways.roads.nearest(at, 700);
            boolean street = road != null && road.segment().way().kind.equals("residential") && dice.nextDouble() < 0.9;
            double near = Math.min(water, road == null ? 1500 : road.at().distance(at));
            if (water < 130 || near > 700 || street) continue;
            if (nearest(places, at, 500) < 500) continue;
            places.add(at);
        }
        for (int i = 0; i < LANDSLIDES; i++) landslide(i, Ground.onGrid(places.get(i)), dice);
    }

    private void landslide(int index, Coordinate at, Random dice) {
        Unit unit = land.unitOf(at);
        double kind = dice.nextDouble();
        String type = kind < 0.66 ? "landslide" : kind < 0.83 ? "collapse" : kind < 0.97 ? "debrisFlow" : "subsidence";
        String word = switch (type) {
            case "landslide" -> "滑坡";
            case "collapse" -> "崩塌";
            case "debrisFlow" -> "泥石流";
            default -> "地面塌陷";
        };
        int people = threatened(index, dice);
        long cny = Math.round(people * (3 + 4 * dice.nextDouble())) * 10_000L;
        // 73 of 164, spread evenly over the list.
        boolean automatic = (index + 1) * AUTOMATIC / LANDSLIDES > index * AUTOMATIC / LANDSLIDES;
        double moving = dice.nextDouble();
        layer("landslide_point")
                .add(
                        String.format(Locale.ROOT, "landslide-%03d", index + 1),
                        point(at),
                        Attributes.named(unit.fullName() + "示例" + (index + 1) + "号" + word)
                                .with("type", type)
                                .with("grade", grade(people, cny))
                                .with("threatenedPeople", people)
                                .with("threatenedCny", cny)
                                .with("volumeM3", Math.round(2 + 60 * dice.nextDouble() * dice.nextDouble()) * 5000)
                                .with("monitoring", automatic ? "auto" : "manual")
                                .with("trend", moving < 0.7 ? "stable" : moving < 0.96 ? "creeping" : "accelerating")
                                .with("works", people < 50 ? "none" : dice.nextDouble() < 0.3 ? "done" : "planned")
                                .with("plan", true)
                                .with("township", unit.fullName()));
    }

    private static int threatened(int index, Random dice) {
        double draw = dice.nextDouble();
        if (index == 37) return 1120;
        if (index % 41 == 12) return 520 + (int) (300 * draw);
        if (index % 8 == 3) return 100 + (int) (260 * draw);
        return 3 + (int) (90 * draw * draw);
    }

    /** Threat grade: the worse of people (1000, 500, 100) and property (100, 50, 5 million CNY). */
    static String grade(int people, long cny) {
        if (people >= 1000 || cny >= 100_000_000) return "extraLarge";
        if (people >= 500 || cny >= 50_000_000) return "large";
        if (people >= 100 || cny >= 5_000_000) return "medium";
        return "small";
    }

    private void facilities() {
        facility("lng", "LNG储配站（示例）", "gas", 765, 402, "液化天然气", "1972", 62, 50, 1.5, 120);
        facility("transit", "龙潭物流园危化中转（示例）", "chemical", 915, 392, "汽油等", "1203", 15, 200, 1, 60);
        facility("oil-depot", "油库（示例）", "fuel", 752, 391, "汽油", "1203", 48, 200, 1, 110);
        facility("ammonia", "氨冷库（示例）", "chemical", 875, 420, "液氨", "1005", 8, 10, 2, 400);
        facility("chlorine", "水厂加氯间（示例）", "chemical", 835, 470, "液氯", "1017", 5, 5, 4, 20);
        facility("fireworks", "烟花爆竹库（示例）", "explosive", 955, 462, "", "", 0, 0, 0, 12);
        facility("explosives", "民爆物品库（示例）", "explosive", 975, 475, "", "", 0, 0, 0, 0);
        facility("coal-mine", "煤矿（示例）", "mine", 1005, 475, "", "", 0, 0, 0, 40);
        facility("tailings", "尾矿库（示例）", "tailings", 660, 470, "", "", 0, 0, 0, 25);
        facility("filling-station", "加油加气站（示例）", "fuel", 828, 430, "汽油、压缩天然气", "", 0.6, 200, 1, 800);
    }

    /**
     * The quantity that gives about this R = α·β·q/Q with α by the people within 500 m (0, 30, 50, 100 → 0.5, 1, 1.2, 1.5, 2).
     * R and the level follow from it in the store.
     */
    private void facility(
            String id,
            String name,
            String kind,
            int east,
            int north,
            String substance,
            String un,
            double r,
            double critical,
            double beta,
            int people500) {
        Attributes attributes = Attributes.named(name).with("kind", kind);
        if (!substance.isEmpty()) attributes.with("substance", substance);
        if (!un.isEmpty()) attributes.with("un", un);
        if (critical > 0) {
            double alpha = people500 == 0 ? 0.5 : people500 < 30 ? 1 : people500 < 50 ? 1.2 : people500 < 100 ? 1.5 : 2;
            attributes
                    .with("criticalQuantityT", critical)
                    .with("beta", beta)
                    .with("quantityT", Math.round(r * critical / alpha / beta * 10) / 10.0);
            // Half of what passes through: 9.5 times the critical quantities, 13.33 weighted by β.
            if (id.equals("transit")) attributes.with("otherShare", 9.5).with("otherWeighted", 13.33);
        }
        layer("hazardous_facility")
                .add("facility-" + id, point(Ground.at(east, north)), attributes.with("people500", people500));
    }

    // ---- forces

    private void stations() {
        station("rs-teqin", "特勤消防救援站（示例）", "special", "active", 862, 431, 45, 9, 60);
        station("rs-xiaxi", "下西消防救援站（示例）", "first", "active", 800, 412, 35, 6, 60);
        station("rs-baolun", "宝轮消防救援站（示例）", "first", "active", 640, 372, 30, 6, 60);
        station("rs-chengbei", "城北特勤站（示例，规划）", "special", "planned", 848, 470, 45, 9, 60);
        station("rs-shangxiba", "上西坝小型站（示例，规划）", "small", "planned", 815, 446, 15, 2, 60);
        station("rs-zhanqin", "战勤保障站（示例，规划）", "support", "planned", 870, 405, 40, 12, 60);
        station("rs-sandui", "三堆镇专职消防队（示例）", "township1", "active", 622, 502, 15, 2, 180);
        station("rs-rongshan", "荣山镇专职消防队（示例）", "township1", "active", 989, 449, 15, 2, 180);
    }

    private void station(
            String id,
            String name,
            String stationClass,
            String status,
            int east,
            int north,
            int staff,
            int vehicles,
            int turnoutSeconds) {
        layer("rescue_station")
                .add(
                        id,
                        point(Ground.at(east, north)),
                        Attributes.named(name)
                                .with("stationClass", stationClass)
                                .with("status", status)
                                .with("staff", staff)
                                .with("vehicles", vehicles)
                                .with("turnoutSeconds", turnoutSeconds)
                                .with("equipment", stationEquipment(stationClass))
                                .with("state", "ready"));
    }

    private static List<String> stationEquipment(String stationClass) {
        return switch (stationClass) {
            case "special" -> List.of("水罐消防车", "抢险救援车", "破拆工具", "生命探测仪", "绳索", "重型防化服");
            case "support" -> List.of("供气车", "发电机", "移动泵车", "运输车");
            case "township1" -> List.of("水罐消防车", "手抬泵", "油锯");
            default -> List.of("水罐消防车", "抢险救援车", "破拆工具", "水泵");
        };
    }

    private void teams(Random dice) {
        for (Unit unit : LizhouFacts.UNITS)
            team(
                    unit.fullName() + "综合应急救援队（示例）",
                    "township",
                    beside(unit.centre(), 130, dice),
                    20 + (int) (12 * dice.nextDouble()),
                    List.of("水泵", "发电机", "油锯", "冲锋舟").subList(0, 2 + (int) (3 * dice.nextDouble())),
                    unit.fullName());
        team("区综合应急救援大队（示例）", "county", Ground.at(858, 428), 50, List.of("抢险车", "水泵", "冲锋舟", "生命探测仪", "无人机"), "东坝街道");
        team("天曌山森林防火队（示例）", "forest", Ground.at(752, 467), 30, List.of("风力灭火机", "水泵", "油锯"), "天曌山");
        team("月坝森林防火队（示例）", "forest", Ground.at(467, 480.5), 20, List.of("风力灭火机", "油锯"), "月坝");
        team("白龙湖森林防火队（示例）", "forest", Ground.at(563, 583), 20, List.of("风力灭火机", "水泵"), "金洞乡");
        team("城区防汛抢险队（示例）", "flood", Ground.at(846, 424), 40, List.of("冲锋舟", "移动泵车", "编织袋"), "南河街道");
        team("宝轮防汛抢险队（示例）", "flood", Ground.at(647, 377), 25, List.of("冲锋舟", "水泵"), "宝轮镇");
        team("市中心医院医疗救护队（示例）", "medical", Ground.at(829, 439.6), 24, List.of("救护车", "移动手术帐篷"), "嘉陵街道");
        team("宝轮医疗救护队（示例）", "medical", Ground.at(642.6, 376.7), 12, List.of("救护车"), "宝轮镇");
        team("矿山救护队（示例）", "mine", Ground.at(993, 454), 22, List.of("正压氧气呼吸器", "瓦斯检测仪"), "荣山镇");
        team("危化品处置队（示例）", "hazchem", Ground.at(764, 400), 18, List.of("重型防化服", "堵漏器材", "洗消设备"), "盘龙镇");
        team("地质灾害应急技术组（示例）", "geological", Ground.at(868, 428), 10, List.of("无人机", "裂缝计"), "东坝街道");
        team("示例1公益救援队", "social", Ground.at(884, 432), 35, List.of("皮划艇", "绳索"), "雪峰街道");
        team("示例2公益救援队", "social", Ground.at(838, 431), 28, List.of("绳索", "搜救犬"), "嘉陵街道");
        int number = 0;
        for (Village village : villages) {
            if (village.community() || !village.id().endsWith("07")) continue;
            if (++number > 5) break;
            team(village.name() + "应急队（示例）", "village", village.at(), 12, List.of("油锯", "铜锣"), village.name());
        }
        team("示例工程机械抢险队", "social", Ground.at(806, 410), 16, List.of("挖掘机", "装载机", "运输车"), "杨家岩街道");
        team("宝轮道路抢通队（示例）", "social", Ground.at(649, 371), 14, List.of("挖掘机", "装载机"), "宝轮镇");
    }

    private void team(String name, String kind, Coordinate at, int members, List<String> equipment, String base) {
        layer("team")
                .add(
                        String.format(Locale.ROOT, "team-%02d", layer("team").size() + 1),
                        point(Ground.onGrid(at)),
                        Attributes.named(name)
                                .with("kind", kind)
                                .with("members", members)
                                .with("equipment", equipment)
                                .with("base", base)
                                .with("status", "active")
                                .with("state", name.startsWith("示例2公益") ? "off" : "ready"));
    }

    private static Coordinate beside(Coordinate at, double metres, Random dice) {
        double angle = dice.nextDouble() * 2 * Math.PI;
        return new Coordinate(at.x + metres * StrictMath.cos(angle), at.y + metres * StrictMath.sin(angle));
    }

    private void hospitals() {
        hospital("市中心医院（示例）", "3A", 829, 439, 1500, 40, 12);
        hospital("市第一人民医院（示例）", "3A", 860, 438, 1100, 30, 8);
        hospital("市中医医院（示例）", "3A", 845, 431, 900, 20, 5);
        hospital("宝轮医院（示例）", "2A", 642, 376, 350, 8, 4);
        hospital("三堆镇中心卫生院（示例）", "1", 624, 504, 60, 0, 1);
        hospital("荣山镇中心卫生院（示例）", "1", 991.5, 451.5, 60, 0, 1);
        hospital("大石镇卫生院（示例）", "1", 936.5, 427, 40, 0, 1);
        hospital("盘龙镇卫生院（示例）", "1", 736.5, 393.5, 40, 0, 1);
        hospital("龙潭乡卫生院（示例）", "1", 904, 386.5, 20, 0, 1);
        hospital("白朝乡卫生院（示例）", "1", 501.5, 485.7, 15, 0, 1);
        hospital("金洞乡卫生院（示例）", "1", 561, 585.8, 15, 0, 1);
    }

    private void hospital(String name, String grade, double east, double north, int beds, int icu, int ambulances) {
        layer("hospital")
                .add(
                        String.format(
                                Locale.ROOT, "hospital-%02d", layer("hospital").size() + 1),
                        point(Ground.at(east, north)),
                        Attributes.named(name)
                                .with("grade", grade)
                                .with("beds", beds)
                                .with("icu", icu)
                                .with("emergency", true)
                                .with("ambulances", ambulances)
                                .with("equipment", List.of("救护车"))
                                .with("people", 3 * ambulances)
                                .with("state", "ready"));
    }

    // ---- shelters and stores

    private void shelters(Random dice) {
        shelter("凤凰山公园（示例）", 836, 436, 60_000, 0.4, "outdoor", "ready", "county");
        shelter("南河湿地公园（示例）", 852, 423, 80_000, 0.4, "outdoor", "ready", "county");
        shelter("澳源体育中心（示例）", 886, 416, 70_000, 0.5, "both", "ready", "city");
        shelter("皇泽寺广场（示例）", 822, 443, 12_000, 0.6, "outdoor", "ready", "county");
        shelter("广元中学（示例）", 838, 435, 15_000, 0.7, "both", "ready", "county");
        shelter("川北幼专（示例）", 868, 437, 30_000, 0.7, "both", "ready", "county");
        shelter("信息学院（示例）", 880, 428, 40_000, 0.7, "both", "ready", "county");
        shelter("宝轮广场（示例）", 641, 376, 15_000, 0.6, "outdoor", "ready", "county");
        shelter("三堆中学（示例）", 622, 504, 9_000, 0.7, "both", "ready", "township");
        shelter("荣山小学（示例）", 990, 451, 6_000, 0.7, "both", "ready", "township");
        shelter("大石中学（示例）", 935, 429, 8_000, 0.7, "both", "ready", "township");
        shelter("盘龙小学（示例）", 735, 393, 5_000, 0.7, "both", "ready", "township");
        shelter("龙潭乡广场（示例）", 905, 386, 2_500, 0.6, "outdoor", "ready", "township");
        shelter("白朝乡广场（示例）", 500, 486, 1_500, 0.6, "outdoor", "ready", "township");
        shelter("万缘新建避难场所（示例，规划）", 899, 413, 45_000, 0.6, "both", "planned", "county");
        shelter("上西新建避难场所（示例，规划）", 809, 451, 25_000, 0.6, "outdoor", "planned", "county");
        shelter("宝轮新建避难场所（示例，规划）", 650, 380, 40_000, 0.6, "both", "planned", "county");
        shelter("金洞新建避难场所（示例，规划）", 561, 584, 4_000, 0.6, "outdoor", "planned", "township");
        for (Village village : villages) {
            int number = Integer.parseInt(village.id().substring(village.id().length() - 2));
            if (village.community() || number % 4 != 1) continue;
            Coordinate at = beside(village.at(), 70, dice);
            shelter(
                    village.name() + "广场（示例）",
                    at,
                    600 + 100 * (int) (16 * dice.nextDouble()),
                    0.6,
                    "outdoor",
                    "ready",
                    "village");
        }
        upgrades();
    }

    /** A shelter of the county or a town that stands and may be upgraded. */
    private record Present(
            String id, String name, Coordinate at, int grossArea, double usable, String space, String level) {}

    private final List<Present> present = new ArrayList<>();

    /** The plan upgrades ten (seed 001): half as large again, by ground taken in beside them. */
    private void upgrades() {
        for (Present one : List.copyOf(present).subList(3, 13))
            shelter(
                    one.name().replace("（示例）", "提升（示例，规划）"),
                    one.at(),
                    one.grossArea() + one.grossArea() / 2,
                    one.usable(),
                    one.space(),
                    "planned",
                    one.level(),
                    one.id());
    }

    private void shelter(
            String name, int east, int north, int grossArea, double usable, String space, String status, String level) {
        shelter(name, Ground.at(east, north), grossArea, usable, space, status, level);
    }

    /** Long stay from 50 000 m² gross, short from 2 500, else emergency only; capacity after GB 51143's area per person. */
    private void shelter(
            String name, Coordinate at, int grossArea, double usable, String space, String status, String level) {
        shelter(name, at, grossArea, usable, space, status, level, "");
    }

    /** @param upgradeOf id of the one that it takes the place of; empty for none */
    private void shelter(
            String name,
            Coordinate at,
            int grossArea,
            double usable,
            String space,
            String status,
            String level,
            String upgradeOf) {
        String type = grossArea >= 50_000 ? "long" : grossArea >= 2_500 ? "short" : "emergency";
        double perCapita = switch (type) {
            case "long" -> 4.5;
            case "short" -> 2;
            default -> 0.5;
        };
        long effective = Math.round(grossArea * usable);
        double fromRiver = ways.waters.metresFrom(at, 3000);
        List<String> hazards = new ArrayList<>(List.of("seismic", "geo", "fire"));
        if (fromRiver > 900) hazards.add("flood");
        if (!space.equals("outdoor")) hazards.add("weather");
        List<String> facilities = new ArrayList<>(List.of("water", "toilet"));
        if (grossArea >= 5_000) facilities.addAll(List.of("power", "broadcast"));
        if (grossArea >= 12_000) facilities.addAll(List.of("command", "medical", "storage"));
        Attributes attributes = Attributes.named(name)
                .with("township", land.unitOf(at).fullName())
                .with("level", level)
                .with("type", type)
                .with("space", space)
                .with("grossArea", grossArea)
                .with(
                        "areaKind",
                        usable > 0.65 ? "playground" : usable > 0.55 ? "square" : usable > 0.45 ? "hall" : "park")
                .with("effectiveArea", effective)
                .with("perCapita", perCapita)
                .with("capacity", (long) (effective / perCapita));
        if (effective >= 2000) attributes.with("grade21734", type.equals("long") ? "I" : "II");
        if (status.equals("ready")) attributes.with("occupancy", 0).with("stateAt", "2026-03-01T12:00:00+08:00");
        if (space.equals("both")) attributes.with("indoorArea", Math.round(effective * 0.3));
        if (!upgradeOf.isEmpty()) attributes.with("upgradeOf", upgradeOf);
        attributes
                .with("roads", grossArea >= 12_000 ? 3 : grossArea >= 1_500 ? 2 : 1)
                .with("serviceRadiusM", type.equals("long") ? 2500 : type.equals("short") ? 1000 : 500);
        // Schools built before 2008 in the towns were designed for VI, the others for VII.
        if (!space.equals("outdoor")) attributes.with("seismicIntensity", level.equals("township") ? 6 : 7);
        if (type.equals("emergency")) attributes.with("unitPeople", (long) (effective / perCapita));
        String id = String.format(Locale.ROOT, "shelter-%02d", layer("shelter").size() + 1);
        if (status.equals("ready") && !level.equals("village"))
            present.add(new Present(id, name, at, grossArea, usable, space, level));
        layer("shelter")
                .add(
                        id,
                        point(Ground.onGrid(at)),
                        attributes
                                .with("hazards", hazards)
                                .with("entrances", grossArea >= 30_000 ? 4 : grossArea >= 2_000 ? 2 : 1)
                                .with("facilities", facilities)
                                .with("status", status));
    }

    private void stores() {
        store("区应急物资储备库（示例）", "county", 878, 415, 2200, 6000, 40, 12_000);
        store("宝轮镇物资储备点（示例）", "township", 644, 373, 300, 800, 20, 1_500);
        store("三堆镇物资储备点（示例）", "township", 621, 505, 200, 500, 20, 900);
        store("荣山镇物资储备点（示例）", "township", 991, 447, 200, 500, 20, 900);
    }

    private void store(
            String name, String level, int east, int north, int areaM2, int personsServed, int loadMin, int items) {
        layer("warehouse")
                .add(
                        String.format(
                                Locale.ROOT,
                                "warehouse-%02d",
                                layer("warehouse").size() + 1),
                        point(Ground.at(east, north)),
                        Attributes.named(name)
                                .with("level", level)
                                .with("areaM2", areaM2)
                                .with("personsServed", personsServed)
                                .with("loadMin", loadMin)
                                .with("mode", "physical")
                                .with("status", "active")
                                .with("items", items)
                                .with("stock", stock(items))
                                .with("equipment", List.of("运输车"))
                                .with("people", level.equals("county") ? 12 : 4)
                                .with("state", "ready"));
    }

    /** Shares of the items that a county store might hold, plainly invented. */
    private static List<String> stock(int items) {
        return List.of(
                "棉被 " + items / 4 + "床",
                "折叠床 " + items / 10 + "张",
                "帐篷 " + items / 20 + "顶",
                "饮用水 " + items / 5 + "箱 2027-06");
    }
}

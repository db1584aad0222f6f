package org.anquan.shelter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anquan.catalog.Feature;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.Layers;
import org.anquan.geo.GeoJson;
import org.anquan.geo.MetricCrs;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/** Holds shelters against rules. What is not known is {@link Result#UNKNOWN}, which is never a pass. */
final class Audit {
    /** Farther away nothing is looked for, metres: no rule asks for more. */
    private static final double FARTHEST = 5000;

    private static final double METRES_A_DEGREE = 111_000;

    private final Layers layers;
    private final ShelterSettings settings;
    private final List<Rule> rules;
    private final Map<String, LayerSnapshot> snapshots = new HashMap<>();
    private final Map<String, MetricCrs> metric = new HashMap<>();

    enum Result {
        PASS,
        FAIL,
        UNKNOWN
    }

    /**
     * One shelter against one rule.
     *
     * @param value what was measured; null where it is unknown
     * @param beyond whether the value is at least that much: nothing was found within the distance looked at
     * @param unsure how exact the value is, same unit; 0 for exact
     * @param missing facilities that are not there
     * @param what the thing that the distance was measured to; null where there is none
     */
    record Finding(
            Rule rule,
            Result result,
            @Nullable Double value,
            boolean beyond,
            double unsure,
            List<String> missing,
            @Nullable String what) {}

    Audit(Layers layers, ShelterSettings settings, List<Rule> rules) {
        this.layers = layers;
        this.settings = settings;
        this.rules = rules;
    }

    List<Rule> rules() {
        return rules;
    }

    /** The layers that were looked at for distances. */
    List<LayerSnapshot> looked() {
        return List.copyOf(snapshots.values());
    }

    /** @param attributes of the shelter as the store holds them */
    List<Finding> of(Shelter shelter, Map<String, Object> attributes) {
        List<Finding> found = new ArrayList<>();
        for (Rule rule : rules) if (applies(rule, attributes)) found.add(finding(rule, shelter, attributes));
        return found;
    }

    /**
     * Of the rules that ask for an attribute: to see whether a class is in reach.
     *
     * @param attributes as if the shelter were of that class
     */
    List<Finding> byClass(Shelter shelter, Map<String, Object> attributes, String attribute) {
        List<Finding> found = new ArrayList<>();
        for (Rule rule : rules)
            if (rule.when().containsKey(attribute) && applies(rule, attributes))
                found.add(finding(rule, shelter, attributes));
        return found;
    }

    private static boolean applies(Rule rule, Map<String, Object> attributes) {
        for (Map.Entry<String, Rule.When> when : rule.when().entrySet())
            if (!holds(when.getValue(), attributes.get(when.getKey()))) return false;
        return true;
    }

    private static boolean holds(Rule.When when, @Nullable Object value) {
        if (value == null) return false;
        if (value instanceof List<?> many) return many.stream().anyMatch(when.values()::contains);
        if (value instanceof Number number && when.values().isEmpty())
            return number.doubleValue() > when.above() && number.doubleValue() <= when.upTo();
        return when.values().contains(value);
    }

    private Finding finding(Rule rule, Shelter shelter, Map<String, Object> attributes) {
        if (rule.near() != null) return near(rule, rule.near(), shelter);
        if (!rule.all().isEmpty()) return facilities(rule, attributes);
        Double value = measured(String.valueOf(rule.measure()), shelter, attributes);
        Result result = value == null
                ? Result.UNKNOWN
                : rule.limit().holds(value, rule.norm().value()) ? Result.PASS : Result.FAIL;
        return new Finding(rule, result, value, false, 0, List.of(), null);
    }

    private static Finding facilities(Rule rule, Map<String, Object> attributes) {
        if (!(attributes.get("facilities") instanceof List<?> there))
            return new Finding(rule, Result.UNKNOWN, null, false, 0, List.of(), null);
        List<String> missing =
                rule.all().stream().filter(one -> !there.contains(one)).toList();
        double has = rule.all().size() - missing.size();
        return new Finding(rule, missing.isEmpty() ? Result.PASS : Result.FAIL, has, false, 0, missing, null);
    }

    private @Nullable Double measured(String measure, Shelter shelter, Map<String, Object> attributes) {
        return switch (measure) {
            case "perPerson" -> perPerson(shelter);
            case "aboveFlood" -> {
                Double height = number(attributes.get("elevationM"));
                Double flood = number(attributes.get("floodLevelM"));
                yield height == null || flood == null ? null : Double.valueOf(round(height - flood));
            }
            case "stayDays" ->
                StayClass.of(attributes.get("type"))
                        .map(stay -> settings.norm("open-days-" + stay.id()).value())
                        .orElse(null);
            case "capacity" ->
                shelter.capacity().people() == null
                        ? null
                        : Double.valueOf(shelter.capacity().people());
            default -> number(attributes.get(measure));
        };
    }

    /** Effective area by the people that it is said to hold: what a roster states counts, else what follows from the area. */
    private static @Nullable Double perPerson(Shelter shelter) {
        Double area = shelter.area().squareMetres();
        Long people = shelter.capacity().statedPeople();
        if (people == null) people = shelter.capacity().people();
        if (area == null || people == null || people == 0) return null;
        return round(area / people);
    }

    private static double round(double value) {
        return Math.round(value * 1e4) / 1e4;
    }

    private static @Nullable Double number(@Nullable Object value) {
        return value instanceof Number number ? Double.valueOf(number.doubleValue()) : null;
    }

    // ---- distances

    private Finding near(Rule rule, Rule.Near near, Shelter shelter) {
        double best = Double.POSITIVE_INFINITY;
        double unsure = 0;
        String what = null;
        boolean looked = false;
        Envelope box = new Envelope(new Coordinate(shelter.lon(), shelter.lat()));
        double high = FARTHEST / METRES_A_DEGREE * 1.02;
        box.expandBy(high / Math.max(0.05, Math.cos(Math.toRadians(shelter.lat()))), high);
        for (String layer : near.layers()) {
            LayerSnapshot snapshot = snapshot(layer);
            if (snapshot == null || snapshot.features().isEmpty()) continue;
            looked = true;
            for (Feature feature : snapshot.near(box)) {
                if (!counts(near, feature)) continue;
                double metres = metres(shelter, feature.geometry());
                Double exact = near.accuracy() == null ? null : feature.number(near.accuracy());
                double accuracy = exact == null ? 0 : exact;
                // The one that could be nearest: an inexact one may come before an exact one.
                if (metres - accuracy >= best - unsure) continue;
                best = metres;
                unsure = accuracy;
                what = feature.name();
            }
        }
        if (!looked) return new Finding(rule, Result.UNKNOWN, null, false, 0, List.of(), null);
        if (best > FARTHEST) return new Finding(rule, Result.PASS, FARTHEST, true, 0, List.of(), null);
        double limit = rule.norm().value();
        boolean farEnough = rule.limit().holds(best - unsure, limit);
        boolean tooNear = !rule.limit().holds(best + unsure, limit);
        Result result = farEnough ? Result.PASS : tooNear ? Result.FAIL : Result.UNKNOWN;
        return new Finding(rule, result, Math.round(best * 10) / 10.0, false, unsure, List.of(), what);
    }

    private static boolean counts(Rule.Near near, Feature feature) {
        for (Map.Entry<String, List<Object>> where : near.where().entrySet()) {
            Object is = feature.get(where.getKey());
            if (is == null ? !near.unknownToo() : !where.getValue().contains(is)) return false;
        }
        return true;
    }

    private @Nullable LayerSnapshot snapshot(String layer) {
        if (layers.definitions().stream().noneMatch(one -> one.id().equals(layer))) return null;
        return snapshots.computeIfAbsent(layer, layers::snapshot);
    }

    /** Metres from a shelter to a feature, 0 inside it; measured on a plane around the shelter. */
    private double metres(Shelter shelter, Geometry feature) {
        MetricCrs crs = metric.computeIfAbsent(
                String.valueOf((int) Math.floor((shelter.lon() + 1.5) / 3)), zone -> MetricCrs.at(shelter.lon()));
        double[] at = crs.toMetres(shelter.lon(), shelter.lat());
        Geometry point = GeoJson.FACTORY.createPoint(new Coordinate(at[0], at[1]));
        return crs.toMetres(feature).distance(point);
    }
}

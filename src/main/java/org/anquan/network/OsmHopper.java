package org.anquan.network;

import com.graphhopper.GraphHopper;
import com.graphhopper.config.Profile;
import com.graphhopper.reader.osm.OSMReader;
import com.graphhopper.reader.osm.OSMRestrictionException;
import com.graphhopper.reader.osm.RestrictionTagParser;
import com.graphhopper.routing.WeightingFactory;
import com.graphhopper.routing.ev.DefaultImportRegistry;
import com.graphhopper.routing.ev.ImportUnit;
import com.graphhopper.routing.ev.MaxHeight;
import com.graphhopper.routing.ev.MaxWeight;
import com.graphhopper.routing.ev.MaxWidth;
import com.graphhopper.routing.ev.OSMWayID;
import com.graphhopper.routing.ev.SimpleBooleanEncodedValue;
import com.graphhopper.routing.ev.TurnRestriction;
import com.graphhopper.routing.util.OSMParsers;
import com.graphhopper.routing.weighting.DefaultTurnCostProvider;
import com.graphhopper.routing.weighting.TurnCostProvider;
import com.graphhopper.util.TurnCostsConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anquan.network.Roads.ImportProgress;
import org.jspecify.annotations.Nullable;

/** GraphHopper with our profiles: three of them, their times from {@link RoadRules}. */
final class OsmHopper extends GraphHopper {
    /** Highway values of things that are no road now. */
    private static final List<String> NOT_ROADS = List.of(
            "construction",
            "proposed",
            "planned",
            "razed",
            "demolished",
            "removed",
            "dismantled",
            "abandoned",
            "disused",
            "raceway",
            "no");

    /** Turning round on the spot is possible, but costs this much: a dead end is left again. */
    private static final int TURN_ROUND_SECONDS = 60;

    private final NetworkSettings settings;
    private final ImportProgress progress;
    private @Nullable Instant dataTime;

    OsmHopper(Path folder, NetworkSettings settings, ImportProgress progress) {
        this.settings = settings;
        this.progress = progress;
        setGraphHopperLocation(folder.toString());
        setEncodedValuesString(String.join(
                ",",
                "car_access",
                "foot_access",
                "roundabout",
                FireEngineAccess.KEY,
                OwnClassParser.KEY,
                OSMWayID.KEY,
                MaxHeight.KEY,
                MaxWidth.KEY,
                MaxWeight.KEY));
        setImportRegistry(new Registry());
        setProfiles(
                new Profile(TravelProfile.FIRE_ENGINE.id()),
                new Profile(TravelProfile.CAR.id())
                        .setTurnCostsConfig(
                                new TurnCostsConfig(List.of("motorcar", "motor_vehicle"), TURN_ROUND_SECONDS)),
                new Profile(TravelProfile.FOOT.id()).setTurnCostsConfig(new TurnCostsConfig(List.of("foot"), 0)));
        // Small parts of the network are found by NetworkParts, which needs no marks in the stored graph.
        setMinNetworkSize(0);
        getReaderConfig().setIgnoredHighways(NOT_ROADS);
    }

    RoadRules rules() {
        return new RoadRules(getEncodingManager(), settings);
    }

    Vehicle vehicle(TravelProfile profile) {
        return settings.vehicle(profile);
    }

    /** Times of a small vehicle, without turns. */
    RoadWeighting plainWeighting(TravelProfile profile) {
        return new RoadWeighting(rules(), profile, TurnCostProvider.NO_TURN_COST_PROVIDER, false);
    }

    RoadWeighting weighting(TravelProfile profile, boolean withTurns) {
        TurnCostProvider turns = TurnCostProvider.NO_TURN_COST_PROVIDER;
        TurnCostsConfig config = getProfile(profile.id()).getTurnCostsConfig();
        if (withTurns && config != null)
            turns = new DefaultTurnCostProvider(
                    getEncodingManager().getTurnBooleanEncodedValue(TurnRestriction.key(profile.id())),
                    getBaseGraph(),
                    config,
                    null);
        return new RoadWeighting(rules(), profile, turns, true);
    }

    @Override
    protected WeightingFactory createWeightingFactory() {
        return (profile, hints, disableTurnCosts) ->
                weighting(TravelProfile.of(profile.getName()).orElseThrow(), !disableTurnCosts);
    }

    @Override
    protected OSMParsers buildOSMParsers(
            Map<String, com.graphhopper.util.PMap> encodedValues,
            Map<String, ImportUnit> importUnits,
            Map<String, List<String>> restrictionVehicleTypes,
            List<String> ignoredHighways) {
        OSMParsers parsers =
                super.buildOSMParsers(encodedValues, importUnits, restrictionVehicleTypes, ignoredHighways);
        String ofFoot = TurnRestriction.key(TravelProfile.FOOT.id());
        parsers.getRestrictionTagParsers()
                .replaceAll(each ->
                        each.getTurnRestrictionEnc().getName().equals(ofFoot) ? new FootRestrictions(each) : each);
        return parsers;
    }

    /** GraphHopper's own import, without the borders of all countries, which it would read first and we do not ask. */
    @Override
    protected void importOSM() {
        progress.report(0.05);
        OSMReader reader =
                new OSMReader(getBaseGraph().getBaseGraph(), getOSMParsers(), getReaderConfig()).setFile(_getOSMFile());
        createBaseGraphAndProperties();
        try {
            reader.readGraph();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        dataTime = reader.getDataDate() == null ? null : reader.getDataDate().toInstant();
        progress.report(0.5);
    }

    /** Time of the data that were imported, where the file says it. */
    @Nullable
    Instant dataTime() {
        return dataTime;
    }

    /** Places are brought to the road by {@link EdgeIndex}; GraphHopper's index would only take time and memory. */
    @Override
    protected void initLocationIndex() {}

    @Override
    protected void flush() {
        progress.report(0.6);
        super.flush();
        progress.report(0.7);
    }

    /** OSM's plain {@code restriction} speaks of vehicles; people on foot heed only {@code restriction:foot}. */
    private static final class FootRestrictions extends RestrictionTagParser {
        FootRestrictions(RestrictionTagParser of) {
            super(List.of("foot"), of.getTurnRestrictionEnc());
        }

        @Override
        @SuppressWarnings("NullAway") // GraphHopper's own parser returns null for "no restriction"
        public Result parseRestrictionTags(Map<String, Object> tags) throws OSMRestrictionException {
            if (!tags.containsKey("restriction:foot")) return null;
            Map<String, Object> ofFoot = new HashMap<>(tags);
            ofFoot.remove("restriction");
            return super.parseRestrictionTags(ofFoot);
        }
    }

    private static final class Registry extends DefaultImportRegistry {
        @Override
        public ImportUnit createImportUnit(String name) {
            return switch (name) {
                case FireEngineAccess.KEY ->
                    ImportUnit.create(
                            name,
                            props -> new SimpleBooleanEncodedValue(FireEngineAccess.KEY, true),
                            FireEngineAccess::new,
                            "roundabout");
                case OwnClassParser.KEY ->
                    ImportUnit.create(
                            name,
                            props -> OwnClassParser.create(),
                            (lookup, props) -> new OwnClassParser(lookup.getIntEncodedValue(OwnClassParser.KEY)));
                default -> super.createImportUnit(name);
            };
        }
    }
}

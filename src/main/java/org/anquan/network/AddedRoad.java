package org.anquan.network;

/**
 * A road that is not there yet, or that the map does not know: joined to the network at its two ends.
 *
 * @param kmh for every profile that may go there; NaN takes each profile's speed of the class
 * @param lonLat its line, lon, lat, lon, lat …
 */
public record AddedRoad(String id, String name, RoadClass roadClass, double kmh, boolean oneWay, double[] lonLat) {
    @Override
    public boolean equals(Object other) {
        return other instanceof AddedRoad road
                && id.equals(road.id)
                && name.equals(road.name)
                && roadClass == road.roadClass
                && Double.compare(kmh, road.kmh) == 0
                && oneWay == road.oneWay
                && java.util.Arrays.equals(lonLat, road.lonLat);
    }

    @Override
    public int hashCode() {
        return 31 * id.hashCode() + java.util.Arrays.hashCode(lonLat);
    }
}

package org.anquan.network;

import com.graphhopper.reader.ReaderWay;
import com.graphhopper.routing.ev.EdgeIntAccess;
import com.graphhopper.routing.ev.IntEncodedValue;
import com.graphhopper.routing.ev.IntEncodedValueImpl;
import com.graphhopper.routing.util.parsers.TagParser;
import com.graphhopper.storage.IntsRef;
import java.util.Locale;

/**
 * Reads the tag {@code anquan:class}, by which a county that knows its roads better says the class of a road itself. OSM
 * has no tag that tells, for example, an urban main road from a second-class highway.
 */
final class OwnClassParser implements TagParser {
    static final String KEY = "anquan_class";

    private static final String TAG = "anquan:class";

    private final IntEncodedValue value;

    OwnClassParser(IntEncodedValue value) {
        this.value = value;
    }

    /** 0 says nothing, 1 is the first class of {@link RoadClass}. */
    static IntEncodedValue create() {
        return new IntEncodedValueImpl(KEY, 4, false);
    }

    @Override
    public void handleWayTags(int edge, EdgeIntAccess edges, ReaderWay way, IntsRef relationFlags) {
        String given = way.getTag(TAG, "").trim().toLowerCase(Locale.ROOT).replace('-', '_');
        for (RoadClass each : RoadClass.values())
            if (each.id().equals(given)) value.setInt(false, edge, edges, each.ordinal() + 1);
    }
}

package org.anquan.exchange.format;

import java.util.List;
import java.util.Map;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * A file that records are written into. The file is whole only after {@link #finish}; closed without it, what was
 * written is thrown away.
 */
public interface RecordSink extends AutoCloseable {
    /**
     * @param values by column name; what is not in it is left empty
     * @param lonLat the geometry in EPSG:4326, longitude first; null where there is none
     */
    void write(Map<String, Object> values, @Nullable Geometry lonLat);

    /** Writes the end of the file. */
    void finish();

    /** What a user should know of this file: texts that were cut, names that were shortened. Complete after finish. */
    List<Text> notes();

    @Override
    void close();
}

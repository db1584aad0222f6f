package org.anquan.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** What stands on a sheet beside the layers; filled by whoever understands the answer. */
final class SheetContent {
    String title = "";
    String subtitle = "";
    boolean illustrative;

    @Nullable
    Table table;

    final List<Overlay> overlays = new ArrayList<>();
    final List<Mark> marks = new ArrayList<>();
    /** By what it says: what the answer's colours mean. */
    final Map<String, Key> legend = new LinkedHashMap<>();
    /** Where the answer's data come from, by layer id or name. */
    final Map<String, String> sources = new LinkedHashMap<>();

    final List<String> notes = new ArrayList<>();

    /**
     * An area or line of the answer.
     *
     * @param geometry lon, lat
     * @param line null for none
     * @param width of the line, millimetres
     */
    record Overlay(
            Geometry geometry,
            @Nullable Fill fill,
            @Nullable Color line,
            double width) {}

    /** A place of the answer, drawn as a ring or a dot; its name where there is room. */
    record Mark(double lon, double lat, String name, Color colour, boolean ring, double radius) {}

    /** What the legend shows: an overlay or a mark without its place. */
    record Key(@Nullable Fill fill, @Nullable Color line, double width, boolean point, boolean ring) {}

    /** @param numeric by column: to the right */
    record Table(String title, List<String> columns, List<Boolean> numeric, List<List<String>> rows) {
        Table {
            columns = List.copyOf(columns);
            numeric = List.copyOf(numeric);
            rows = List.copyOf(rows);
        }
    }

    void area(Geometry geometry, Fill fill, @Nullable Color line, double width, String says) {
        overlays.add(new Overlay(geometry, fill, line, width));
        if (!says.isBlank()) legend.putIfAbsent(says, new Key(fill, line, width, false, false));
    }

    void line(Geometry geometry, Color colour, double width, String says) {
        overlays.add(new Overlay(geometry, null, colour, width));
        if (!says.isBlank()) legend.putIfAbsent(says, new Key(null, colour, width, false, false));
    }

    void mark(Mark mark, String says) {
        marks.add(mark);
        if (!says.isBlank()) legend.putIfAbsent(says, new Key(null, mark.colour(), 0.5, true, mark.ring()));
    }
}

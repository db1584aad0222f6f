package org.anquan.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fixed tables of the embedded store: those of the GeoPackage standard (OGC 12-128r18), and our own. */
final class GeoPackageTables {
    static final List<String> SYSTEM = List.of(
            "CREATE TABLE IF NOT EXISTS gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY,"
                    + " organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL,"
                    + " definition TEXT NOT NULL, description TEXT)",
            "INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES ('Undefined Cartesian', -1, 'NONE', -1, 'undefined',"
                    + " 'undefined Cartesian coordinate reference system')",
            "INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES ('Undefined geographic', 0, 'NONE', 0, 'undefined',"
                    + " 'undefined geographic coordinate reference system')",
            "INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES ('WGS 84 geodetic', 4326, 'EPSG', 4326,"
                    + " 'GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563,"
                    + "AUTHORITY[\"EPSG\",\"7030\"]],AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"Greenwich\",0,"
                    + "AUTHORITY[\"EPSG\",\"8901\"]],UNIT[\"degree\",0.0174532925199433,"
                    + "AUTHORITY[\"EPSG\",\"9122\"]],AXIS[\"Latitude\",NORTH],AXIS[\"Longitude\",EAST],"
                    + "AUTHORITY[\"EPSG\",\"4326\"]]',"
                    + " 'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid')",
            "CREATE TABLE IF NOT EXISTS gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,"
                    + " identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT"
                    + " (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,"
                    + " srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id)"
                    + " REFERENCES gpkg_spatial_ref_sys(srs_id))",
            "CREATE TABLE IF NOT EXISTS gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,"
                    + " geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,"
                    + " CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),"
                    + " CONSTRAINT uk_gc_table_name UNIQUE (table_name),"
                    + " CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),"
                    + " CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id))",
            "CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,"
                    + " definition TEXT NOT NULL, scope TEXT NOT NULL,"
                    + " CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))");

    static final List<String> OWN = List.of(
            // Where each layer stands. A load or an edit moves the version by one.
            "CREATE TABLE IF NOT EXISTS anquan_layer (layer TEXT NOT NULL PRIMARY KEY, geometry TEXT NOT NULL,"
                    + " version INTEGER NOT NULL DEFAULT 0, features INTEGER NOT NULL DEFAULT 0, west DOUBLE, south DOUBLE,"
                    + " east DOUBLE, north DOUBLE, as_of DATETIME, changed_at DATETIME,"
                    + " illustrative INTEGER NOT NULL DEFAULT 0)",
            "CREATE TABLE IF NOT EXISTS anquan_column (layer TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,"
                    + " PRIMARY KEY (layer, name))",
            // The definition that each table follows.
            "CREATE TABLE IF NOT EXISTS anquan_definition (layer TEXT NOT NULL PRIMARY KEY, definition TEXT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS anquan_format (number INTEGER NOT NULL)",
            "INSERT INTO anquan_format (number) SELECT " + TableKeeper.FORMAT
                    + " WHERE NOT EXISTS (SELECT 1 FROM anquan_format)",
            "CREATE TABLE IF NOT EXISTS anquan_change_set (number INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,"
                    + " at DATETIME NOT NULL, who TEXT NOT NULL, why TEXT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS anquan_history (seq INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,"
                    + " change_set INTEGER NOT NULL, layer TEXT NOT NULL, layer_version INTEGER NOT NULL,"
                    + " fid INTEGER NOT NULL, id TEXT NOT NULL, operation TEXT NOT NULL, before_version INTEGER,"
                    + " before TEXT, before_geom BLOB, after TEXT, after_geom BLOB)",
            "CREATE INDEX IF NOT EXISTS anquan_history_feature ON anquan_history (layer, id)",
            // What happened to a layer since a change set: for the layer as it was, and for the search box.
            "CREATE INDEX IF NOT EXISTS anquan_history_since ON anquan_history (layer, change_set)",
            "CREATE INDEX IF NOT EXISTS anquan_history_change_set ON anquan_history (change_set)",
            // One row for a load: its features are those with these fids. What they were first is what the history says
            // they were before their next change, or else what they are now.
            "CREATE TABLE IF NOT EXISTS anquan_load (change_set INTEGER NOT NULL PRIMARY KEY, layer TEXT NOT NULL,"
                    + " layer_version INTEGER NOT NULL, mode TEXT NOT NULL, first_fid INTEGER NOT NULL,"
                    + " last_fid INTEGER NOT NULL, added INTEGER NOT NULL, removed INTEGER NOT NULL)",
            // Scenarios and what else a county writes down beside its layers.
            "CREATE TABLE IF NOT EXISTS anquan_document (kind TEXT NOT NULL, name TEXT NOT NULL,"
                    + " version INTEGER NOT NULL, author TEXT NOT NULL, changed_at TEXT NOT NULL, body TEXT NOT NULL,"
                    + " PRIMARY KEY (kind, name))",
            // Listed, so that QGIS offers them by name and hides the rest.
            "INSERT OR IGNORE INTO gpkg_contents (table_name, data_type, identifier, description) VALUES"
                    + " ('anquan_history', 'attributes', 'anquan_history', '修改记录 / History of changes'),"
                    + " ('anquan_change_set', 'attributes', 'anquan_change_set', '修改批次 / Change sets')");

    private GeoPackageTables() {}

    /** The standard's triggers that keep an R-tree, by name (requirement 77, with the corrections of version 1.4). */
    static Map<String, String> triggers(String table, String quotedTable, String rtree) {
        String box = "ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)";
        String some = "(NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))";
        String none = "(NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))";
        String had = "(OLD.geom NOTNULL AND NOT ST_IsEmpty(OLD.geom))";
        String hadNone = "(OLD.geom ISNULL OR ST_IsEmpty(OLD.geom))";
        String ofGeometry = "AFTER UPDATE OF geom ON ";
        String insert = "INSERT OR REPLACE INTO " + rtree + " VALUES (NEW.fid, " + box + ");";
        String update = "UPDATE " + rtree + " SET minx = ST_MinX(NEW.geom), maxx = ST_MaxX(NEW.geom),"
                + " miny = ST_MinY(NEW.geom), maxy = ST_MaxY(NEW.geom) WHERE id = NEW.fid;";
        String delete = "DELETE FROM " + rtree + " WHERE id = OLD.fid;";
        String deleteBoth = "DELETE FROM " + rtree + " WHERE id IN (OLD.fid, NEW.fid);";
        Map<String, String> all = new LinkedHashMap<>();
        put(all, table, quotedTable, "insert", "AFTER INSERT ON ", some, insert);
        put(all, table, quotedTable, "update6", ofGeometry, "OLD.fid = NEW.fid AND " + some + " AND " + had, update);
        put(
                all,
                table,
                quotedTable,
                "update7",
                ofGeometry,
                "OLD.fid = NEW.fid AND " + some + " AND " + hadNone,
                insert);
        put(all, table, quotedTable, "update2", ofGeometry, "OLD.fid = NEW.fid AND " + none, delete);
        put(all, table, quotedTable, "update5", "AFTER UPDATE ON ", "OLD.fid != NEW.fid AND " + some, delete + insert);
        put(all, table, quotedTable, "update4", "AFTER UPDATE ON ", "OLD.fid != NEW.fid AND " + none, deleteBoth);
        put(all, table, quotedTable, "delete", "AFTER DELETE ON ", "OLD.geom NOT NULL", delete);
        return all;
    }

    private static void put(
            Map<String, String> all,
            String table,
            String quotedTable,
            String what,
            String event,
            String when,
            String then) {
        String name = "rtree_" + table + "_geom_" + what;
        all.put(
                name,
                "CREATE TRIGGER \"" + name + "\" " + event + quotedTable + " WHEN " + when + " BEGIN " + then + " END");
    }
}
